import { glob } from "node:fs/promises";

const SOURCES = ["lib", "collector", "app"];

/** The test files of one kind, in a stable order. */
export async function testFiles(kind: "pure" | "database"): Promise<string[]> {
  const files: string[] = [];
  for (const folder of SOURCES) {
    for await (const file of glob(`${folder}/**/*.test.ts`)) {
      if (file.endsWith(".db.test.ts") === (kind === "database")) files.push(file);
    }
  }
  return files.toSorted();
}
