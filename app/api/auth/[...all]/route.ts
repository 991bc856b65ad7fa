import { context } from "#app/_server/context.ts";

/** better-auth's own endpoints: sign-in, sign-out, session. */
function handle(request: Request): Promise<Response> {
  return context().auth.handler(request);
}

export { handle as GET, handle as POST };
