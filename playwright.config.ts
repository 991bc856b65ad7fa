import { defineConfig } from "@playwright/test";
import { e2eEnvironment } from "./lib/testing/e2e-environment.ts";

// One Outlay, built and started as people start it, with an empty database of
// its own. Specs keep apart by minting teams of their own, not by their order;
// only the one that is about the empty product has to be the first.
const environment = e2eEnvironment();
const chromium = process.env.OUTLAY_TEST_CHROMIUM;
const FIRST = "first-light.spec.ts";
const LONGEST = "pages.spec.ts";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  projects: [
    { name: "empty", testMatch: FIRST },
    // The longest spec goes first, so that the two workers end together.
    { name: "pages", testMatch: LONGEST, dependencies: ["empty"] },
    { name: "filled", testIgnore: [FIRST, LONGEST], dependencies: ["empty"] },
  ],
  use: {
    actionTimeout: 15_000,
    baseURL: environment.webUrl,
    locale: "en-US",
    timezoneId: "UTC",
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      // Chromium's own sandbox does not work for root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
  webServer: {
    command: `"${process.execPath}" lib/testing/e2e-server.ts`,
    url: `${environment.webUrl}/api/ready`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 12_000 },
    stdout: "pipe",
  },
});
