import { readFile } from "node:fs/promises";
import { ENVIRONMENT } from "./outlay.ts";

type Manifest = {
  readonly node: Readonly<Record<string, { readonly exportedName?: string }>>;
};

/** The ids by which the built pages call their server actions, by name. */
export async function actionIds(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(".next/server/server-reference-manifest.json", "utf8");
  const { node } = JSON.parse(text) as Manifest;
  return new Map(
    Object.entries(node).flatMap(([id, { exportedName }]) =>
      exportedName === undefined ? [] : [[exportedName, id] as const],
    ),
  );
}

/** Calls a server action as a page would, without being one. */
export function callAction(
  id: string,
  headers: Readonly<Record<string, string>>,
  args: readonly unknown[] = [{}, "$K1"],
): Promise<Response> {
  const body = new FormData();
  body.set("0", JSON.stringify(args));
  body.set("1_id", "x");
  return fetch(`${ENVIRONMENT.webUrl}/sign-in`, {
    method: "POST",
    headers: { "next-action": id, accept: "text/x-component", ...headers },
    body,
    redirect: "manual",
  });
}
