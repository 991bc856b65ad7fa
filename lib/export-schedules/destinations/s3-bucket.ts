import { createHash } from "node:crypto";
import { AwsV4Signer } from "aws4fetch";
import {
  type Guard,
  type GuardedAnswer,
  type GuardedRequest,
  guardedRequest,
} from "#lib/http/guarded-request.ts";
import type { StorageKeys } from "../destination.ts";

/** Of one request; a part of 8 MiB has so long. */
const TIMEOUT_MS = 120_000;
const MAX_ANSWER_BYTES = 64 * 1024;

type Request = {
  readonly method: GuardedRequest["method"];
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly mediaType?: string;
};

/**
 * The few requests of the S3 API that putting files takes, in path style, with
 * Signature Version 4 over the SHA-256 of what is sent.
 */
export class S3Bucket {
  readonly #place: { readonly endpoint: string; readonly region: string; readonly bucket: string };
  readonly #keys: StorageKeys;
  readonly #guard: Guard;

  constructor(
    place: { readonly endpoint: string; readonly region: string; readonly bucket: string },
    keys: StorageKeys,
    guard: Guard,
  ) {
    this.#place = place;
    this.#keys = keys;
    this.#guard = guard;
  }

  async put(key: string, body: Uint8Array, mediaType: string): Promise<void> {
    await this.#send({ method: "PUT", key, body, mediaType });
  }

  async remove(key: string): Promise<void> {
    await this.#send({ method: "DELETE", key });
  }

  /** @throws {Error} when the object is not there with so many bytes. */
  async requireSize(key: string, bytes: number): Promise<void> {
    const { headers } = await this.#send({ method: "HEAD", key });
    const found = headers["content-length"];
    if (found !== String(bytes)) {
      throw new Error(`the storage holds ${found ?? "no"} bytes of ${bytes}`);
    }
  }

  /** @returns the upload's id. */
  async beginParts(key: string, mediaType: string): Promise<string> {
    const { body } = await this.#send({ method: "POST", key, query: { uploads: "" }, mediaType });
    const id = /<UploadId>([^<]+)<\/UploadId>/.exec(body.toString("utf8"))?.[1];
    if (id === undefined) throw new Error("the storage began no upload");
    return id;
  }

  /** @returns the part's tag, which joining asks for. */
  async putPart(key: string, uploadId: string, number: number, body: Uint8Array): Promise<string> {
    const query = { partNumber: String(number), uploadId };
    const { headers } = await this.#send({ method: "PUT", key, query, body });
    if (headers.etag === undefined) throw new Error("the storage gave a part no tag");
    return headers.etag;
  }

  async joinParts(key: string, uploadId: string, tags: readonly string[]): Promise<void> {
    const parts = tags.map(
      (tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${tag}</ETag></Part>`,
    );
    const list = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`;
    const request = { method: "POST", key, query: { uploadId }, body: Buffer.from(list) } as const;
    const answer = await this.#send({ ...request, mediaType: "application/xml" });
    // Joining takes long, so S3 answers 200 before it knows.
    const failure = errorCode(answer);
    if (failure !== null) throw new Error(`the storage could not join the parts: ${failure}`);
  }

  async dropParts(key: string, uploadId: string): Promise<void> {
    await this.#send({ method: "DELETE", key, query: { uploadId } });
  }

  async #send({ method, key, query = {}, body, mediaType }: Request): Promise<GuardedAnswer> {
    const { endpoint, region, bucket } = this.#place;
    const url = new URL(`${endpoint}/${bucket}/${key}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const hash = createHash("sha256")
      .update(body ?? "")
      .digest("hex");
    const signed = await new AwsV4Signer({
      ...{ method, url: url.href, region, service: "s3" },
      accessKeyId: this.#keys.access_key_id,
      secretAccessKey: this.#keys.secret_access_key,
      headers: {
        "x-amz-content-sha256": hash,
        ...(mediaType === undefined ? {} : { "content-type": mediaType }),
      },
    }).sign();
    const answer = await guardedRequest(
      signed.url.href,
      {
        method,
        headers: Object.fromEntries(signed.headers),
        ...(body === undefined ? {} : { body }),
        ...{ timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES },
      },
      this.#guard,
    );
    if (answer.status >= 200 && answer.status < 300) return answer;
    const code = errorCode(answer);
    throw new Error(`the storage answered ${answer.status}${code === null ? "" : ` ${code}`}`);
  }
}

/** The code of an S3 error document; null for anything else. */
function errorCode({ body }: GuardedAnswer): string | null {
  return /<Error>.*?<Code>([A-Za-z0-9]{1,80})<\/Code>/s.exec(body.toString("utf8"))?.[1] ?? null;
}
