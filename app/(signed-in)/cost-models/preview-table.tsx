import { useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import type { PreviewRow } from "./actions.ts";

/** What a draft does to last month and to this one, line by line. */
export function PreviewTable({ rows }: { readonly rows: readonly PreviewRow[] }) {
  const t = useTranslations("CostModels");
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <Table caption={t("previewTitle")}>
        <thead>
          <tr>
            <HeadCell>{t("effective")}</HeadCell>
            <HeadCell numeric>{t("lastMonth")}</HeadCell>
            <HeadCell numeric>{t("withDraft")}</HeadCell>
            <HeadCell numeric>{t("difference")}</HeadCell>
            <HeadCell numeric>{t("thisMonth")}</HeadCell>
            <HeadCell numeric>{t("withDraft")}</HeadCell>
            <HeadCell numeric>{t("difference")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, months }) => (
            <Row key={line} className={line === "total" ? "font-medium" : ""}>
              <RowHead className={line === "total" ? "font-medium" : ""}>
                {t(`lines.${line}`)}
              </RowHead>
              {months.flatMap((cells, month) =>
                cells.map((text, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the places are what they are
                  <Cell key={`${month} ${column}`} numeric>
                    {text}
                  </Cell>
                )),
              )}
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
