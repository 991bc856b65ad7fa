import type { Identity } from "#lib/usage/usage-event.ts";
import type { Attributes, Span } from "../otlp/model.ts";
import { objectOf, textOf } from "./attributes.ts";

/** Longer values are not names of anything. */
const MAX_LENGTH = 256;

/**
 * The keys that each part of an identity is read from, best first
 * (DIALECTS 0.3). A key that ends in `.*` is a prefix under which users put
 * names of their own; those are tried in every usual spelling.
 */
const KEYS: { readonly [Part in keyof Required<Identity>]: readonly string[] } = {
  session: [
    "gen_ai.conversation.id",
    "session.id",
    "conversation.id",
    "gcp.vertex.agent.session_id",
    "traceloop.association.properties.session_id",
    "traceloop.association.properties.sessionId",
    "traceloop.association.properties.thread_id",
    "ai.telemetry.metadata.sessionId",
    "ai.telemetry.metadata.session_id",
    "ai.telemetry.metadata.threadId",
    "ai.settings.context.sessionId",
    "ai.settings.context.session_id",
    "spring.ai.chat.client.conversation.id",
    "langsmith.metadata.thread_id",
    "langsmith.metadata.session_id",
    "langsmith.metadata.conversation_id",
    "mastra.metadata.sessionId",
    "mastra.metadata.session_id",
    "mastra.metadata.threadId",
    "copilot_chat.chat_session_id",
    "genkit:sessionId",
    "metadata.session_id",
    "metadata.sessionId",
    "metadata.thread_id",
    "session_id",
    "sessionId",
  ],
  user: [
    "metadata.user_api_key_user_email",
    "user.email",
    "user.account_id",
    "user.account_uuid",
    "user.id",
    "enduser.id",
    "enduser.pseudo.id",
    "metadata.user_api_key_user_id",
    "metadata.user_api_key_end_user_id",
    "traceloop.association.properties.user_id",
    "traceloop.association.properties.userId",
    "ai.telemetry.metadata.userId",
    "ai.telemetry.metadata.user_id",
    "ai.settings.context.userId",
    "ai.settings.context.user_id",
    "langsmith.metadata.user_id",
    "langsmith.metadata.userId",
    "mastra.metadata.userId",
    "mastra.metadata.user_id",
    "metadata.user_id",
    "metadata.userId",
    "user.name",
    "user_id",
    "userId",
    "user",
  ],
  agent: [
    "gen_ai.agent.name",
    "agent.name",
    "agent_name",
    "ai.telemetry.functionId",
    "langsmith.metadata.agent_name",
    "gen_ai.agent.id",
    "graph.node.id",
  ],
  workflow: [
    "gen_ai.workflow.name",
    "traceloop.workflow.name",
    "workflow.name",
    "workflow",
    "metadata.workflow",
    "ai.telemetry.metadata.workflow",
    "ai.settings.context.workflow",
    "traceloop.association.properties.workflow",
    "langsmith.metadata.workflow",
    "mastra.metadata.workflow",
  ],
  project: [
    "project.id",
    "project.name",
    "project",
    "openinference.project.name",
    "langsmith.trace.session_name",
    "metadata.project",
    "ai.telemetry.metadata.project",
    "ai.settings.context.project",
    "traceloop.association.properties.project",
    "langsmith.metadata.project",
    "mastra.metadata.project",
  ],
  environment: [
    "deployment.environment.name",
    "deployment.environment",
    "environment",
    "env",
    "metadata.environment",
    "ai.telemetry.metadata.environment",
    "mastra.metadata.environment",
  ],
  organization: [
    "organization.id",
    "metadata.user_api_key_org_id",
    "github.copilot.github.org",
    "org.id",
    "traceloop.association.properties.organization_id",
    "ai.telemetry.metadata.organizationId",
  ],
  repository: [
    "github.copilot.git.repository",
    "vcs.repository.url.full",
    "vcs.repository.name",
    "repository",
    "git.repository",
  ],
};

/**
 * Who and what an item belongs to. The item is asked first, key by key; the
 * resource fills what the item leaves open. Metadata given as one JSON text
 * (OpenInference, Pydantic AI) is read as if its entries were attributes.
 */
export function identityOf(item: Attributes, resource: Attributes): Identity {
  let known = ofResources.get(resource);
  if (known === undefined) {
    known = read(resource);
    ofResources.set(resource, known);
  }
  return { ...known, ...read(withMetadata(item)) };
}

/** One resource stands behind many items. */
const ofResources = new WeakMap<Attributes, Identity>();
const PARTS = Object.entries(KEYS) as readonly (readonly [keyof Identity, readonly string[]])[];

type Place = {
  readonly part: keyof Identity;
  /** Among the keys of the part; the best is 0. */
  readonly rank: number;
};

/** The parts that each key names. */
const PLACES = new Map<string, Place[]>();
for (const [part, keys] of PARTS) {
  for (const [rank, key] of keys.entries()) {
    PLACES.set(key, [...(PLACES.get(key) ?? []), { part, rank }]);
  }
}

/** Walks the few attributes of an item, not the many keys. */
function read(attributes: Attributes): Identity {
  const best: { -readonly [Part in keyof Identity]: { text: string; rank: number } } = {};
  for (const [key, value] of attributes) {
    for (const { part, rank } of PLACES.get(key) ?? NOWHERE) {
      const text = textOf(value);
      if (text === null || isPlaceholder(text)) continue;
      if (rank < (best[part]?.rank ?? Number.POSITIVE_INFINITY)) best[part] = { text, rank };
    }
  }
  const found: { -readonly [Part in keyof Identity]: string } = {};
  for (const [part] of PARTS) {
    const text = best[part]?.text;
    if (text !== undefined) found[part] = text.slice(0, MAX_LENGTH);
  }
  return found;
}

const NOWHERE: readonly Place[] = [];

/** The identity that a span gives. */
export function spanIdentity(span: Span): Identity {
  return identityOf(span.attributes, span.resource.attributes);
}

/** The attributes with the entries of a `metadata` object beside them, as `metadata.KEY`. */
export function withMetadata(attributes: Attributes): Attributes {
  const metadata = objectOf(attributes.get("metadata"));
  if (metadata === null) {
    return attributes;
  }
  const entries = [...metadata].map(([key, value]) => [`metadata.${key}`, value] as const);
  return new Map([...entries, ...attributes]);
}

/** Logfire writes "[Scrubbed due to 'session']" over values that it takes for secrets. */
function isPlaceholder(value: string): boolean {
  return (
    value.startsWith("[Scrubbed due to") || /^(none|null|undefined|unknown|n\/a)$/i.test(value)
  );
}
