import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { buttonClass } from "#app/_components/button.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Endpoint } from "#lib/notifications/endpoint.ts";
import { listEndpoints } from "#lib/notifications/endpoint-rows.ts";
import { EndpointState } from "./endpoint-state.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Webhooks");
  return { title: t("title") };
}

/** Where alerts go. */
export default async function WebhooksPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Webhooks");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const endpoints = await listEndpoints(context().sql, viewer);
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        <Link href="/settings/webhooks/new" className={buttonClass("primary")}>
          {t("new")}
        </Link>
      </PageHeader>
      <Panel title={t("all")}>
        {endpoints.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <EndpointTable endpoints={endpoints} />
        )}
      </Panel>
    </>
  );
}

async function EndpointTable({ endpoints }: { readonly endpoints: readonly Endpoint[] }) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Webhooks"),
    getLocale(),
    currentOrganization(),
  ]);
  return (
    <Table caption={t("all")}>
      <thead>
        <tr>
          <HeadCell>{t("name")}</HeadCell>
          <HeadCell>{t("format")}</HeadCell>
          <HeadCell className="hidden md:table-cell">{t("target")}</HeadCell>
          <HeadCell>{t("events")}</HeadCell>
          <HeadCell className="hidden lg:table-cell">{t("teams")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell className="hidden xl:table-cell">{t("created")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <Row key={endpoint.id}>
            <RowHead>
              <Link
                href={`/settings/webhooks/${endpoint.id}`}
                className="font-medium text-accent hover:underline"
              >
                {endpoint.name}
              </Link>
            </RowHead>
            <Cell>{t(`formats.${endpoint.format}`)}</Cell>
            <Cell className="hidden max-w-72 truncate font-mono text-xs md:table-cell">
              {endpoint.shownTarget}
            </Cell>
            <Cell>
              {endpoint.types === null
                ? t("allEvents")
                : t("someEvents", { count: endpoint.types.length })}
            </Cell>
            <Cell className="hidden lg:table-cell">
              {endpoint.teams === null ? t("allTeams") : endpoint.teams.join(", ")}
            </Cell>
            <Cell>
              <EndpointState endpoint={endpoint} />
            </Cell>
            <Cell className="figures hidden whitespace-nowrap text-muted xl:table-cell">
              {formatMoment(endpoint.createdAt, locale, timeZone)}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
