import { Readable } from "node:stream";
import { fetchExport } from "#lib/exports/jobs/fetch-export.ts";
import { readPieces } from "#lib/exports/jobs/pieces.ts";
import { type ApiCall, apiRoute } from "../../../_lib/api-route.ts";
import { fileHeaders } from "../../../_lib/file-answer.ts";

const FROM_A_BYTE_ON = /^bytes=(\d{1,15})-$/;

/** The file, or the rest of it for a download that broke off (`Range: bytes=N-`). */
export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/exports/{id}/file", {
  GET: async ({ request, params, viewer, sql, nowMs }: ApiCall) => {
    const job = await fetchExport(sql, viewer, params.id ?? "", new Date(nowMs));
    const { file, bytes, sha256, as_of, rows, total } = job.control;
    const [, given] = FROM_A_BYTE_ON.exec(request.headers.get("range") ?? "") ?? [];
    const start = given === undefined ? 0 : Number(given);
    if (start > 0 && start >= bytes) {
      return new Response(null, {
        status: 416,
        headers: { "content-range": `bytes */${bytes}` },
      });
    }
    const body = Readable.toWeb(Readable.from(readPieces(sql, job, start)));
    return new Response(body as ReadableStream<Uint8Array>, {
      status: given === undefined ? 200 : 206,
      headers: {
        ...fileHeaders({ fileName: file, mediaType: job.mediaType }),
        "accept-ranges": "bytes",
        "content-length": String(bytes - start),
        ...(given === undefined ? {} : { "content-range": `bytes ${start}-${bytes - 1}/${bytes}` }),
        etag: `"${sha256}"`,
        "x-outlay-as-of": as_of,
        "x-outlay-rows": String(rows),
        ...(total === null ? {} : { "x-outlay-total": total }),
        "x-outlay-sha256": sha256,
        "x-outlay-control": `/api/v1/exports/${job.id}/control`,
      },
    });
  },
});
