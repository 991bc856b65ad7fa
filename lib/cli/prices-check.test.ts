import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const PACKAGE = "@pydantic/genai-prices";
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let directory = "";
let registry: Server;

/** The installed package with other prices, as a registry on this machine publishes it. */
before(async () => {
  directory = await realpath(await mkdtemp(join(tmpdir(), "outlay-registry-")));
  const unpacked = join(directory, "package");
  await cp(await realpath(here(`../../node_modules/${PACKAGE}`)), unpacked, { recursive: true });
  const source = await readFile(join(unpacked, "dist/index.js"), "utf8");
  const at = source.indexOf('id: "gpt-5-nano"');
  const [start, model, rest] = [
    source.slice(0, at),
    source.slice(at, at + 800),
    source.slice(at + 800),
  ];
  const dearer = model
    .replace("input_mtok: 0.05,", "input_mtok: 0.06,")
    .replace("output_mtok: 0.4,", "output_mtok: 0.5,")
    .replace("cache_read_mtok: 5e-3,", "cache_read_mtok: 7e-3,");
  await writeFile(join(unpacked, "dist/index.js"), start + dearer + rest);
  const manifest = JSON.parse(await readFile(join(unpacked, "package.json"), "utf8"));
  const published = { ...manifest, version: "99.0.0", scripts: {} };
  await writeFile(join(unpacked, "package.json"), JSON.stringify(published));
  await run("tar", ["-czf", "newest.tgz", "package"], { cwd: directory });
  const archive = await readFile(join(directory, "newest.tgz"));
  const integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
  registry = createServer((request, response) => {
    if (request.url?.endsWith(".tgz")) return response.end(archive);
    const tarball = `http://${request.headers.host}/newest.tgz`;
    const dist = { tarball, integrity };
    return response.setHeader("content-type", "application/json").end(
      JSON.stringify({
        name: PACKAGE,
        "dist-tags": { latest: "99.0.0" },
        versions: { "99.0.0": { ...published, dist } },
      }),
    );
  });
  await new Promise<void>((listening) => registry.listen(0, "127.0.0.1", listening));
});

after(async () => {
  registry.close();
  await rm(directory, { recursive: true, force: true });
});

test("says of each price that a newer package states otherwise whether a second source agrees", async () => {
  const second = join(directory, "second.json");
  const litellm = {
    litellm_provider: "openai",
    mode: "chat",
    input_cost_per_token: 6e-8,
    output_cost_per_token: 4e-7,
  };
  await writeFile(second, JSON.stringify({ "gpt-5-nano": litellm }));
  const { code, stdout } = await outlay("prices", "check", "--against", second, "--json");
  assert.equal(code, 1);
  const { newest, rule, changes } = JSON.parse(stdout);
  assert.match(newest, /99\.0\.0/);
  assert.match(rule, /two sources/);
  assert.deepEqual(
    changes.map(({ model, unit, before, after, verdict }: Record<string, string>) =>
      [model, unit, before, after, verdict].join(" "),
    ),
    [
      "gpt-5-nano output 0.4 0.5 disputed",
      "gpt-5-nano cache_read 0.005 0.007 alone",
      "gpt-5-nano input_uncached 0.05 0.06 agreed",
    ],
  );
  const told = await outlay("prices", "check");
  assert.equal(told.code, 1);
  assert.match(told.stdout, /openai gpt-5-nano output: 0\.4 -> 0\.5 \(needs a second source/);
  assert.match(told.stdout, /The two-source rule/);
});

async function outlay(...words: string[]): Promise<{ code: number; stdout: string }> {
  const { port } = registry.address() as AddressInfo;
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: join(directory, "cache"),
  };
  const options = { cwd: directory, env, maxBuffer: 16_000_000 };
  return run(process.execPath, [here("main.ts"), ...words], options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
}
