import { context } from "#app/_server/context.ts";
import { readLinkToken } from "#lib/export-schedules/file-link.ts";
import { openRunFile } from "#lib/export-schedules/run-file.ts";

const HOLDER = { kind: "nobody", id: "link", label: "holder of a link" } as const;

/** A scheduled export for whoever holds its link, until that ends. Unknown, ended and forged links look alike. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly token: string }> },
): Promise<Response> {
  const { sql, config } = context();
  const runId = readLinkToken((await params).token, config.secret, new Date());
  const file = runId === null ? null : await openRunFile(sql, runId, HOLDER);
  if (file === null) return new Response("This link does not hold any more\n", { status: 404 });
  return new Response(streamOf(file.pieces()), {
    headers: {
      "content-type": file.mediaType,
      "content-length": String(file.bytes),
      "content-disposition": `attachment; filename="${file.name}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const reading = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await reading.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => void (await reading.return?.()),
  });
}
