import { apiViewer } from "#app/_server/api-viewer.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { usageStream } from "../_lib/usage-stream.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/stream", {
  GET: ({ request, url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const body = usageStream({
      sql,
      viewer,
      stillViewer: () => apiViewer(request.headers),
      signal: request.signal,
    });
    return new Response(body, {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        // nginx would hold events back.
        "x-accel-buffering": "no",
      },
    });
  },
});
