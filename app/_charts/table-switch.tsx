import { BarChart3, Table2 } from "lucide-react";
import { useTranslations } from "next-intl";

/** Shows the figures of a chart as a table, and back. */
export function TableSwitch({
  asTable,
  onSwitch,
}: {
  readonly asTable: boolean;
  readonly onSwitch: (asTable: boolean) => void;
}) {
  const t = useTranslations("Chart");
  const Icon = asTable ? BarChart3 : Table2;
  return (
    <button
      type="button"
      aria-pressed={asTable}
      onClick={() => onSwitch(!asTable)}
      className="ml-auto inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md px-1.5 font-medium text-muted text-xs hover:bg-hover hover:text-text"
    >
      <Icon className="size-3.5" aria-hidden />
      {t(asTable ? "asChart" : "asTable")}
    </button>
  );
}
