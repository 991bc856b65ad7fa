import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** One import of a source file. */
export type SourceImport = {
  /** The imported file as a path of the project, or the name of the package. */
  readonly target: string;
  /** Gone once the types are stripped. */
  readonly isType: boolean;
  /** Asked for by the running code, and not before it runs. */
  readonly isLater: boolean;
};

const STATEMENTS =
  /^(?:import|export)\s+(type\s)?[^"';]*?from\s+"([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** What a source file imports, read from its text. @param file A path of the project at `root`. */
export function sourceImports(root: string, file: string): readonly SourceImport[] {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(STATEMENTS)].map(([, type, from, plain, dynamic]) => ({
    target: targetOf(root, file, from ?? plain ?? dynamic ?? ""),
    isType: type !== undefined,
    isLater: dynamic !== undefined,
  }));
}

function targetOf(root: string, file: string, specifier: string): string {
  if (specifier.startsWith("#")) return specifier.slice(1);
  if (specifier.startsWith(".")) return relative(root, resolve(root, dirname(file), specifier));
  if (specifier.startsWith("node:")) return specifier.split("/")[0] ?? specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
