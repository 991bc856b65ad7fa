import { report } from "./report.ts";
import { runPureTests } from "./suites.ts";
import { testFiles } from "./test-files.ts";

// `npm run test:unit -- [FILE…]`
const named = process.argv.slice(2);
report(await runPureTests(named.length > 0 ? named : await testFiles("pure")));
