import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonClass } from "#app/_components/button.tsx";
import type { ShownPage } from "./page-of.ts";

/** Which rows are shown, and the ways to the others; nothing while all are. */
export function PageLinks({
  shown: { rows, page, pages, first, count },
  hrefOf,
}: {
  readonly shown: ShownPage<unknown>;
  readonly hrefOf: (page: number) => string;
}) {
  const t = useTranslations("Paging");
  if (pages === 1) return null;
  return (
    <nav
      aria-label={t("name")}
      className="flex flex-wrap items-center justify-end gap-2 px-4 py-3 text-muted text-xs print:hidden"
    >
      <span className="tabular-nums">
        {t("range", { first, last: first + rows.length - 1, count })}
      </span>
      {page > 1 && (
        <Link href={hrefOf(page - 1)} className={buttonClass("ghost")}>
          {t("previous")}
        </Link>
      )}
      {page < pages && (
        <Link href={hrefOf(page + 1)} className={buttonClass("ghost")}>
          {t("next")}
        </Link>
      )}
    </nav>
  );
}
