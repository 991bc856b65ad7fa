import { runNodeTests } from "./node-tests.ts";
import { testFiles } from "./test-files.ts";
import { startTestServer, TEST_DATABASE_VARIABLE } from "./test-server.ts";

// `npm run test:db -- [FILE…]`: database tests on a server of their own.
const named = process.argv.slice(2);
const files = named.length > 0 ? named : await testFiles("database");
const server = await startTestServer();
try {
  const counts = await runNodeTests(files, {
    flags: ["--test-concurrency=2"],
    env: { [TEST_DATABASE_VARIABLE]: server.url },
  });
  process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
} finally {
  await server.stop();
}
