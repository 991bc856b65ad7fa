import { report } from "./report.ts";
import { runDatabaseTests } from "./suites.ts";
import { testFiles } from "./test-files.ts";

// `npm run test:db -- [FILE…]`
const named = process.argv.slice(2);
report(await runDatabaseTests(named.length > 0 ? named : await testFiles("database")));
