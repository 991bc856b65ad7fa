import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { Viewer } from "#lib/access/viewer.ts";
import { Notice } from "./notice.tsx";

/** Says before somebody fills in a form that it asks who they are, and leads there and back. */
export async function ConfirmFirst({
  viewer,
  path,
}: {
  readonly viewer: Viewer;
  readonly path: string;
}) {
  if (viewer.isFresh === true) return null;
  const t = await getTranslations("Confirm");
  return (
    <Notice title={t("first")}>
      <Link
        href={`/confirm?next=${encodeURIComponent(path)}`}
        className="text-accent underline underline-offset-2"
      >
        {t("firstLink")}
      </Link>
    </Notice>
  );
}
