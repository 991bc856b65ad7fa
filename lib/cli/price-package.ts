import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { AppError } from "#lib/errors.ts";
import { convertPackage, providerIdsIn } from "#lib/pricing/convert-package.ts";
import type { CatalogueProvider } from "#lib/pricing/import-catalogue.ts";
import type { PriceFile } from "#lib/pricing/price-file.ts";

const run = promisify(execFile);
const PACKAGE = "@pydantic/genai-prices";
const PATIENCE_MS = 60_000;
const MOST_BYTES = 64_000_000;

/**
 * The newest published prices, through npm and whatever registry it is set to.
 *
 * @throws {AppError} "unavailable" when the registry cannot be reached.
 */
export async function newestPrices(today: string): Promise<PriceFile> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "outlay-prices-")));
  try {
    const options = { cwd: directory, timeout: PATIENCE_MS };
    await run("npm", ["pack", `${PACKAGE}@latest`, "--silent"], options).catch((cause: Error) => {
      throw new AppError(`the registry of npm cannot be reached, so ${PACKAGE} is not known`, {
        code: "unavailable",
        cause,
      });
    });
    const [archive = ""] = (await readdir(directory)).filter((name) => name.endsWith(".tgz"));
    await run("tar", ["-xzf", archive], options);
    return await readPricePackage(join(directory, "package"), today);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * Reads an unpacked package. Its prices are code, which nobody here has looked
 * at: it runs in a process of its own that may read the package and nothing
 * else, without our environment.
 */
export async function readPricePackage(directory: string, today: string): Promise<PriceFile> {
  const [manifest, source] = await Promise.all(
    ["package.json", "dist/index.js"].map((name) => readFile(join(directory, name), "utf8")),
  );
  const ids = providerIdsIn(source ?? "");
  const { stdout } = await run(
    process.execPath,
    ["--permission", `--allow-fs-read=${directory}`, "--input-type=module", "--eval", READER],
    {
      cwd: directory,
      env: {
        NODE_ENV: "production",
        IDS: JSON.stringify(ids),
        MODULE: join(directory, "dist/index.js"),
      },
      timeout: PATIENCE_MS,
      maxBuffer: MOST_BYTES,
    },
  );
  const providers = JSON.parse(stdout) as (CatalogueProvider | null)[];
  if (ids.length === 0 || !providers.every((provider, i) => provider?.id === ids[i])) {
    throw new AppError(`the newest ${PACKAGE} has another form than the one known here`, {
      code: "unsupported",
    });
  }
  const { version } = JSON.parse(manifest ?? "{}") as { version?: unknown };
  return convertPackage(providers as CatalogueProvider[], String(version), today);
}

const READER = `
const { findProvider } = await import(process.env.MODULE);
const found = JSON.parse(process.env.IDS).map((id) => findProvider({ providerId: id }) ?? null);
process.stdout.write(JSON.stringify(found));`;
