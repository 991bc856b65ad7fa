import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/**
 * Headers that do not change per request; the Content-Security-Policy, which
 * carries a nonce, is set in proxy.ts. Browsers ignore HSTS over plain HTTP.
 */
const SECURITY_HEADERS = [
  { key: "Strict-Transport-Security", value: "max-age=31536000" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  agentRules: false,
  allowedDevOrigins: ["127.0.0.1"],
  // `npm test` checks the types; a person's first start need not wait for them.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres"],
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};

/** Messages are taken apart when the pages are built, so that no page carries what does it. */
const withMessages = createNextIntlPlugin({
  requestConfig: "./app/_i18n/request.ts",
  experimental: {
    messages: { path: "./app/_messages", format: "json", locales: "infer", precompile: true },
  },
});

export default withMessages(config);
