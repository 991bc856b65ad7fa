import { createServer } from "node:http";
import { createLog } from "../log.ts";
import { serveUntilStopped } from "../runtime/part-process.ts";

// A part as small as they come, for the supervisor's tests: it answers with its
// process id, and crashes when asked to.
const server = createServer((request, response) => {
  response.end(String(process.pid));
  if (request.url === "/crash") process.exit(1);
});
server.listen(Number(process.env.PORT), "127.0.0.1", () =>
  serveUntilStopped(createLog("small"), async () => {
    server.close();
    server.closeAllConnections();
  }),
);
