import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { startS3Server } from "#lib/testing/s3-server.ts";
import { s3Destination } from "./s3.ts";

const MIB = 1024 * 1024;
const directory = await mkdtemp(join(tmpdir(), "outlay-parts-"));
after(() => rm(directory, { recursive: true }));
const endpoint = await startS3Server(directory, "big");
const destination = s3Destination(
  { kind: "s3", endpoint, region: "us-east-1", bucket: "big", prefix: "" },
  { access_key_id: "S3RVER", secret_access_key: "S3RVER" },
  { allow: ["127.0.0.0/8"] },
);
const never = new AbortController().signal;
const fileOf = (name: string, body: AsyncIterable<Uint8Array>) => ({
  ...{ runId: "r", name, mediaType: "text/csv", body, sidecar: () => "{}" },
});

async function* pieces(count: number, failsAt = Number.POSITIVE_INFINITY) {
  for (let number = 0; number < count; number += 1) {
    if (number === failsAt) throw new Error("the ledger is gone");
    yield Buffer.alloc(MIB, number + 1);
  }
}

for (const [mib, parts] of [
  [0, 0],
  [8, 1],
  [17, 3],
] as const) {
  test(`${mib} MiB arrive whole, in ${parts} parts of 8 MiB at most`, async () => {
    await destination.deliver(fileOf(`${mib}.csv`, pieces(mib)), never);
    const kept = await readFile(join(directory, "big", `${mib}.csv._S3rver_object`));
    const sent = await Array.fromAsync(pieces(mib));
    const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    assert.equal(hash(kept), hash(Buffer.concat(sent)));
  });
}

test("a file that breaks off on the way does not appear", async () => {
  await assert.rejects(
    destination.deliver(fileOf("half.csv", pieces(20, 18)), never),
    /ledger is gone/,
  );
  const names = await readdir(join(directory, "big"));
  assert.deepEqual(
    names.filter((name) => name.startsWith("half.csv") && name.endsWith("_object")),
    [],
  );
});
