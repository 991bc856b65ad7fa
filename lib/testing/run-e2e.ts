import { runBrowserTests } from "./browser-tests.ts";
import { report } from "./report.ts";

// `npm run test:e2e -- [FILE…]`
report(await runBrowserTests(process.argv.slice(2)));
