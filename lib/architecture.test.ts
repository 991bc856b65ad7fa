import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sourceImports } from "./testing/source-imports.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/**
 * Folders that take values and return values: no clock, no database, no
 * environment, no node. Each names the other folders and the packages that it
 * may import. Adding an arrow here is a decision, reviewed as one.
 */
const PURE: Readonly<Record<string, readonly string[]>> = {
  "lib/money": [],
  "lib/time": [],
  "lib/refusals": ["zod"],
  "lib/usage": ["lib/money"],
  "lib/counting": ["lib/usage"],
  "lib/allocation": ["lib/usage"],
  "lib/forecast": ["lib/money", "lib/time"],
  "lib/budgets": ["lib/errors", "lib/forecast", "lib/money", "lib/time", "zod"],
  "lib/anomalies": ["lib/forecast", "lib/money", "lib/time"],
  // It makes event identities from the rows of a file by hashing them.
  "lib/imports": ["lib/errors", "lib/refusals", "lib/usage", "lib/money", "node:crypto"],
  "lib/invoices": ["lib/imports", "lib/money", "lib/pricing", "lib/time", "lib/usage"],
  // The price book is read from the project's own files, once.
  "lib/pricing": [
    "lib/errors",
    "lib/refusals",
    "lib/usage",
    "lib/money",
    "zod",
    "node:crypto",
    "node:fs",
    "node:path",
    "node:url",
    "@pydantic/genai-prices",
  ],
  "lib/export-calendar": ["lib/time"],
  "lib/cost-model": ["lib/money", "lib/pricing", "lib/time", "lib/usage"],
  "collector/dialects": [
    "collector/otlp",
    "collector/content-hashes",
    "collector/retained-attributes",
    "lib/usage",
    "node:crypto",
  ],
};

/** Folders that start things: they alone read the configuration, and nobody imports them. */
const STARTERS = ["lib/cli", "lib/runtime", "lib/testing", "lib/bench"];

/** Packages that only some folders may know. */
const PACKAGE_HOMES: Readonly<Record<string, readonly string[]>> = {
  next: ["app"],
  "next-intl": ["app"],
  react: ["app"],
  "react-dom": ["app"],
  "server-only": ["app"],
  "better-auth": ["lib/auth", "app"],
  "@node-rs/argon2": ["lib/auth"],
  nodemailer: ["lib/mail"],
  "@grpc/grpc-js": ["collector"],
  "@bufbuild/protobuf": ["collector/otlp", "lib/bench"],
};

/** What the processes may take from the folder that otherwise only the command line imports. */
const FOR_PROCESSES = "lib/runtime/part-process";

type Import = { readonly file: string; readonly unit: string; readonly target: string };

const FILES = globSync("{lib,collector,app}/**/*.{ts,tsx}", { cwd: ROOT })
  .filter((file) => !/\.test\.tsx?$/.test(file) && !/\/testing[/.-]/.test(file))
  .toSorted();
const IMPORTS = FILES.flatMap(importsOf);

/** `lib/money`, `collector/otlp`, `app`: what a file belongs to, and what the rules are about. */
function unitOf(path: string): string {
  const [top = "", folder, ...rest] = path.split("/");
  if (top === "app" || folder === undefined) return top;
  return rest.length === 0 ? `${top}/${folder.replace(/\.tsx?$/, "")}` : `${top}/${folder}`;
}

function importsOf(file: string): Import[] {
  return sourceImports(ROOT, file).map(({ target }) => ({ file, unit: unitOf(file), target }));
}

const isOurs = (target: string) => /^(lib|collector|app)\//.test(target);
const describeImport = ({ file, target }: Import) => `${file} imports ${target}`;

function assertNone(imports: readonly Import[]): void {
  assert.deepEqual(imports.map(describeImport), []);
}

/** They file rows anew, or read rows that no run restates: those without a price, and all of them once none is restated. */
const WRITERS_OF_ROWS = [
  "lib/history-runs/refile.ts",
  "lib/price-book/backfill.ts",
  "lib/reallocation/reallocate-rows.ts",
  "lib/reallocation/reallocation-work.ts",
];

describe("who may import whom", () => {
  test("reads the imports at all", () => {
    assert.ok(IMPORTS.length > 200);
    assert.ok(IMPORTS.some(({ target }) => target === "lib/money/money.ts"));
  });

  test("nothing but the pages imports the pages, and only the collector the collector", () => {
    assertNone(
      IMPORTS.filter(({ unit, target }) =>
        ["app", "collector"].some(
          (top) => target.startsWith(`${top}/`) && unit.split("/")[0] !== top,
        ),
      ),
    );
  });

  test("pure folders import only what they are listed with", () => {
    assertNone(
      IMPORTS.filter(({ unit, target }) => {
        const allowed = PURE[unit];
        if (allowed === undefined) return false;
        const to = isOurs(target) ? unitOf(target) : target;
        return to !== unit && !allowed.includes(to);
      }),
    );
  });

  // A clock or a random number would make a figure that nobody can recompute.
  test("pure folders read no clock, no chance and no environment", () => {
    const impure =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.env\b|\bperformance\.now\(/;
    const found = FILES.filter(
      (file) =>
        PURE[unitOf(file)] !== undefined && impure.test(readFileSync(join(ROOT, file), "utf8")),
    );
    assert.deepEqual(found, []);
  });

  test("nobody imports what starts and tests the product", () => {
    assertNone(
      IMPORTS.filter(
        ({ unit, target }) =>
          isOurs(target) &&
          STARTERS.includes(unitOf(target)) &&
          !STARTERS.includes(unit) &&
          !target.startsWith(FOR_PROCESSES),
      ),
    );
  });

  test("packages stay where they belong", () => {
    assertNone(
      IMPORTS.filter(({ unit, target }) => {
        const homes = PACKAGE_HOMES[target];
        return (
          homes !== undefined && !homes.some((home) => unit === home || unit.startsWith(`${home}/`))
        );
      }),
    );
  });

  // What a row holds is not what it costs while a pricing run's rows are not written yet (ADR 12).
  test("costs and rate sets of single rows are read from priced_event", () => {
    const readers = FILES.filter((file) => {
      if (WRITERS_OF_ROWS.includes(file) || /test|^lib\/(db|bench|testing)\//.test(file))
        return false;
      const statements = readFileSync(join(ROOT, file), "utf8").split("`");
      return statements.some(
        (sql) =>
          /\b(from|join) usage_event\b/.test(sql) &&
          /\b[eu]\.(cost|list_cost|cost_status|rate_set_id|\*)|eventColumns\(/.test(sql),
      );
    });
    assert.deepEqual(readers, []);
  });
});
