import { type NextRequest, NextResponse } from "next/server";

/**
 * Gives every page its Content-Security-Policy with a fresh nonce. This is no
 * lock: who may see what is decided by `requireViewer` in each page, action and
 * route handler.
 */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(
    btoa(crypto.randomUUID()),
    // biome-ignore lint/style/noProcessEnv: Next puts the literal in its place at build time
    process.env.NODE_ENV === "development",
  );
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from this request header.
  headers.set("content-security-policy", policy);
  headers.delete("x-middleware-subrequest");
  // Where to come back to after signing in; overwrites what a client may have sent.
  headers.set("x-outlay-path", request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Not for what answers no pages; for a request that passes here Next holds the body, and only 10 MB of it. */
export const config = {
  matcher: "/((?!api/|import/run|_next/static|_next/image|icon.svg|metrics).*)",
};

/** Charts position their parts by inline style attributes, hence 'unsafe-inline' for styles only. */
function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
