import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { FileMenu } from "./file-menu.tsx";

/** Downloads exactly what the table shows: the same query, asked of the API; other forms of the file beside it. */
export function CsvLink({
  href,
  what,
  label,
}: {
  /** `/api/v1/…/NAME.csv?…`, of a table of lib/exports. */
  readonly href: string;
  readonly what: string;
  /** In place of "CSV", where a panel has more than one file. */
  readonly label?: string;
}) {
  const t = useTranslations("Common");
  return (
    <span className="inline-flex items-center print:hidden">
      <a
        href={href}
        download
        className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text"
      >
        <Download className="size-3.5" aria-hidden />
        {label ?? t("csv")}
        {label === undefined && <span className="sr-only">{what}</span>}
      </a>
      <FileMenu href={href} what={what} />
    </span>
  );
}
