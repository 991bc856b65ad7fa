import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { MergedMessages } from "./merged-messages.tsx";

/**
 * Sends these namespaces of the messages to the browser, beside those that the
 * layouts above send: all messages would be three quarters of many a page. Each
 * folder of pages has a layout with what its client components say, held by
 * client-messages.test.ts; what server components say needs no sending.
 */
export async function ClientMessages({
  of,
  children,
}: {
  readonly of: readonly string[];
  readonly children: ReactNode;
}) {
  const messages = await getMessages();
  const own = Object.fromEntries(of.map((namespace) => [namespace, messages[namespace]]));
  return <MergedMessages own={own}>{children}</MergedMessages>;
}
