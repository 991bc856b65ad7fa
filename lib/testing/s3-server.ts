import { createRequire } from "node:module";
import { after } from "node:test";

/** The package brings no types: what of it is used here. */
type S3rver = new (options: {
  readonly port: number;
  readonly address: string;
  readonly silent: boolean;
  readonly directory: string;
  readonly vhostBuckets: boolean;
  readonly configureBuckets: readonly {
    readonly name: string;
    readonly configs: readonly string[];
  }[];
}) => { run(): Promise<{ readonly port: number }>; close(): Promise<void> };

/** An S3-compatible server on loopback that keeps its buckets in a directory; its keys are S3RVER and S3RVER. */
export async function startS3Server(directory: string, bucket: string): Promise<string> {
  const Server = createRequire(import.meta.url)("s3rver") as S3rver;
  const server = new Server({
    ...{ port: 0, address: "127.0.0.1", silent: true, directory, vhostBuckets: false },
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await server.run();
  after(() => server.close());
  return `http://127.0.0.1:${port}`;
}
