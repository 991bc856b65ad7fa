import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { Facts } from "#app/_components/facts.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { listDeliveries } from "#lib/notifications/delivery-log.ts";
import type { Endpoint } from "#lib/notifications/endpoint.ts";
import { findEndpoint } from "#lib/notifications/endpoint-rows.ts";
import { EndpointState } from "../endpoint-state.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { WebhookButtons } from "./webhook-buttons.tsx";

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Webhooks");
  return { title: t("one") };
}

/** One webhook, what it is sent, and what came of that. */
export default async function WebhookPage({ params, searchParams }: PageInput<{ id: string }>) {
  const viewer = await requireViewer();
  const t = await getTranslations("Webhooks");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("one")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  const { id } = await params;
  const { sql } = context();
  const endpoint = await findEndpoint(sql, viewer, id);
  if (endpoint === null) notFound();
  const before = firstOf((await searchParams).before);
  const position = before !== undefined && /^\d{1,18}$/.test(before) ? BigInt(before) : null;
  const query = { endpointId: endpoint.id, limit: PAGE + 1, before: position };
  const deliveries = await listDeliveries(sql, viewer, query);
  return (
    <>
      <PageHeader title={endpoint.name} note={<EndpointState endpoint={endpoint} />} />
      <Trouble endpoint={endpoint} />
      <Panel title={t("one")}>
        <EndpointFacts endpoint={endpoint} />
        <WebhookButtons
          id={endpoint.id}
          name={endpoint.name}
          isOn={endpoint.disabledAt === null}
          isSigned={endpoint.hasSecret}
        />
      </Panel>
      <DeliveryLog
        endpointId={endpoint.id}
        deliveries={deliveries.slice(0, PAGE)}
        hasMore={deliveries.length > PAGE}
      />
    </>
  );
}

async function Trouble({ endpoint }: { readonly endpoint: Endpoint }) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Webhooks"),
    getLocale(),
    currentOrganization(),
  ]);
  const { disabledAt, disabledBecause, failingSince } = endpoint;
  if (disabledAt !== null && disabledBecause !== null) {
    const at = formatMoment(disabledAt, locale, timeZone);
    const tone = disabledBecause === "by_hand" ? "info" : "danger";
    return <Notice tone={tone} title={t(`disabled.${disabledBecause}`, { at })} />;
  }
  if (failingSince === null) return null;
  const at = formatMoment(failingSince, locale, timeZone);
  return <Notice tone="warn" title={t("failingSince", { at })} />;
}

async function EndpointFacts({ endpoint }: { readonly endpoint: Endpoint }) {
  const [t, locale, { timeZone }] = await Promise.all([
    getTranslations("Webhooks"),
    getLocale(),
    currentOrganization(),
  ]);
  const moment = (at: Date | null) => (at === null ? null : formatMoment(at, locale, timeZone));
  return (
    <Facts
      facts={[
        [t("format"), t(`formats.${endpoint.format}`)],
        [t("language"), endpoint.format === "json" ? null : t(`languages.${endpoint.language}`)],
        [
          t("target"),
          <code key="target" className="break-all font-mono text-xs">
            {endpoint.shownTarget}
          </code>,
        ],
        [t("events"), endpoint.types?.join(", ") ?? t("allEvents")],
        [t("teams"), endpoint.teams?.join(", ") ?? t("allTeams")],
        [t("budgets"), endpoint.budgets?.join(", ")],
        [t("oldSecretUntil"), moment(endpoint.oldSecretUntil)],
        [t("created"), `${moment(endpoint.createdAt)} · ${endpoint.createdBy}`],
      ]}
    />
  );
}
