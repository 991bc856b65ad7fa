import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { refusalWords } from "#app/_server/refusal-words.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { checkExport, readCheckLink } from "#lib/exports/check-export.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Exports");
  return { title: t("check") };
}

/** What a file held, beside what the same question gives now. */
export default async function CheckExportPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [t, locale, { timeZone }, params, now] = await Promise.all([
    getTranslations("Exports"),
    getLocale(),
    currentOrganization(),
    searchParams,
    requestTime(),
  ]);
  const pairs = Object.entries(params).map(([name, value]) => [name, firstOf(value) ?? ""]);
  const link = readCheckLink(new URLSearchParams(pairs));
  const found =
    link === null
      ? { problem: t("noLink") }
      : await checkExport(context().sql, viewer, link, now).catch(problemOf);
  if (link === null || "problem" in found) {
    return (
      <>
        <PageHeader title={t("check")} />
        <Notice title={"problem" in found ? found.problem : t("noLink")} />
      </>
    );
  }
  const moved = found.figures.filter((figure) => figure.then !== figure.now);
  return (
    <>
      <PageHeader
        title={t("check")}
        note={t("checkNote", {
          table: t(`tables.${link.request.export}`),
          time: formatMoment(new Date(link.told.as_of), locale, timeZone),
        })}
      />
      <Notice title={moved.length === 0 ? t("same") : t("moved", { count: moved.length })} />
      <Panel title={t("figures")}>
        <Table caption={t("figures")}>
          <thead>
            <tr>
              <HeadCell>{t("figure")}</HeadCell>
              <HeadCell numeric>{t("then")}</HeadCell>
              <HeadCell numeric>{t("now")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {found.figures.map((figure) => (
              <Row key={figure.name} className={figure.then === figure.now ? "" : "font-semibold"}>
                <RowHead>
                  <code>{figure.name}</code>
                </RowHead>
                <Cell numeric>{figure.then}</Cell>
                <Cell numeric>{figure.now}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Panel>
    </>
  );
}

/** What whoever opened the link can act on. */
async function problemOf(error: unknown): Promise<{ readonly problem: string }> {
  if (error instanceof AppError) return { problem: await refusalWords(error) };
  throw error;
}
