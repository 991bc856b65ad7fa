import { randomUUID } from "node:crypto";
import type { Guard } from "#lib/http/guarded-request.ts";
import {
  type Destination,
  type DestinationSettings,
  type StorageKeys,
  storageKey,
} from "../destination.ts";
import { S3Bucket } from "./s3-bucket.ts";

/** The least that S3 takes as a part is 5 MiB; 10,000 parts are 78 GiB. */
const PART_BYTES = 8 * 1024 * 1024;

type S3Settings = Extract<DestinationSettings, { kind: "s3" }>;

/**
 * A bucket of S3 or of what speaks its language. A file of one part is put in
 * one request, a larger one by multipart upload, so that memory holds one part;
 * it appears when it is whole, and its control totals after it.
 */
export function s3Destination(settings: S3Settings, keys: StorageKeys, guard: Guard): Destination {
  const keyOf = (name: string) => [settings.prefix, name].filter((part) => part !== "").join("/");
  return {
    deliver: async ({ name, mediaType, body, sidecar }, signal) => {
      const bucket = new S3Bucket(settings, keys, { ...guard, signal });
      const bytes = await upload(bucket, keyOf(name), mediaType, body);
      await bucket.requireSize(keyOf(name), bytes);
      const totals = Buffer.from(sidecar(), "utf8");
      await bucket.put(keyOf(`${name}.control.json`), totals, "application/json");
      return { location: `s3://${storageKey(settings, name)}` };
    },
    test: async (signal) => {
      const bucket = new S3Bucket(settings, keys, { ...guard, signal });
      const key = keyOf(`outlay-test-${randomUUID()}.txt`);
      await bucket.put(key, Buffer.from("test\n"), "text/plain");
      await bucket.remove(key);
      return { location: `s3://${storageKey(settings, "")}` };
    },
  };
}

/** @returns how many bytes went. */
async function upload(
  bucket: S3Bucket,
  key: string,
  mediaType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<number> {
  let bytes = 0;
  let part: Uint8Array | undefined;
  let uploadId: string | undefined;
  const tags: string[] = [];
  try {
    for await (const next of inParts(body)) {
      bytes += next.byteLength;
      if (part !== undefined) {
        uploadId ??= await bucket.beginParts(key, mediaType);
        tags.push(await bucket.putPart(key, uploadId, tags.length + 1, part));
      }
      part = next;
    }
    const last = part ?? new Uint8Array();
    if (uploadId === undefined) {
      await bucket.put(key, last, mediaType);
    } else {
      tags.push(await bucket.putPart(key, uploadId, tags.length + 1, last));
      await bucket.joinParts(key, uploadId, tags);
    }
  } catch (error) {
    // Parts that nobody joins would lie there and cost.
    if (uploadId !== undefined) await bucket.dropParts(key, uploadId).catch(() => {});
    throw error;
  }
  return bytes;
}

async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    held.push(piece);
    size += piece.byteLength;
    while (size >= PART_BYTES) {
      const whole = Buffer.concat(held);
      yield whole.subarray(0, PART_BYTES);
      held = [whole.subarray(PART_BYTES)];
      size -= PART_BYTES;
    }
  }
  if (size > 0) yield Buffer.concat(held);
}
