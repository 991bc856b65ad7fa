import type { BrowserContext } from "@playwright/test";
import type { Person } from "./outlay.ts";

/** Signs a browser in as its sign-in page would, without showing the page. */
export async function signIn(context: BrowserContext, { email, password }: Person): Promise<void> {
  const response = await context.request.post("/api/auth/sign-in/email", {
    data: { email, password },
  });
  if (!response.ok()) throw new Error(`signing in: ${response.status()} ${await response.text()}`);
}
