"use client";

import { Columns3 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Popover } from "../popup/popover.tsx";
import { type TableColumn, WINDOW_WIDTHS } from "./table-column.ts";

/** Chooses which columns a table has; the one that names the rows always stays. */
export function ColumnChooser<Row>({
  columns,
  shown,
  isChosen,
  onChoose,
}: {
  readonly columns: readonly TableColumn<Row>[];
  readonly shown: readonly TableColumn<Row>[];
  readonly isChosen: boolean;
  /** Null goes back to what the window has room for. */
  readonly onChoose: (ids: readonly string[] | null) => void;
}) {
  const t = useTranslations("Table");
  return (
    <Popover
      title={t("columns")}
      className="min-w-52 p-1"
      button={
        <button
          type="button"
          className="inline-flex h-7 items-center gap-1.5 rounded-md px-2 font-medium text-muted text-xs hover:bg-hover hover:text-text data-[popup-open]:bg-hover"
        >
          <Columns3 className="size-3.5" aria-hidden />
          {t("columns")}
        </button>
      }
    >
      {() => (
        <>
          <Choices columns={columns} shown={shown} onChoose={onChoose} />
          {isChosen && (
            <button
              type="button"
              onClick={() => onChoose(null)}
              className="mt-1 h-8 w-full rounded-md border-line border-t px-2 text-left text-muted hover:bg-hover hover:text-text"
            >
              {t("usualColumns")}
            </button>
          )}
        </>
      )}
    </Popover>
  );
}

/** Rendered in the browser only, when it is opened: it asks for the width of the window. */
function Choices<Row>({
  columns,
  shown,
  onChoose,
}: {
  readonly columns: readonly TableColumn<Row>[];
  readonly shown: readonly TableColumn<Row>[];
  readonly onChoose: (ids: readonly string[]) => void;
}) {
  const visible = new Set(shown.filter(hasRoom).map(({ id }) => id));
  return (
    <ul>
      {columns.slice(1).map(({ id, label }) => (
        <li key={id}>
          <label className="flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-hover">
            <input
              type="checkbox"
              checked={visible.has(id)}
              disabled={visible.size === 2 && visible.has(id)}
              onChange={({ target }) =>
                onChoose(
                  columns
                    .map((column) => column.id)
                    .filter((one) => (one === id ? target.checked : visible.has(one))),
                )
              }
              className="size-4 accent-(--accent)"
            />
            {label}
          </label>
        </li>
      ))}
    </ul>
  );
}

function hasRoom({ from }: { readonly from?: TableColumn<never>["from"] }): boolean {
  return from === undefined || matchMedia(`(min-width: ${WINDOW_WIDTHS[from]})`).matches;
}
