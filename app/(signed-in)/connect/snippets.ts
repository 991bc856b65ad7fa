/** What can be connected, in the order of the tabs. */
export const SOURCES = [
  "claude-code",
  "codex",
  "gemini-cli",
  "javascript",
  "python",
  "curl",
] as const;
export type Source = (typeof SOURCES)[number];

/** One block to copy: where it goes and what it says. */
export type Snippet = { readonly place: string; readonly text: string };

type Target = {
  /** The collector's base address, without a path. */
  readonly url: string;
  readonly key: string;
};

/**
 * The settings that make a source export to us, complete. All send the key as
 * `x-api-key`, which needs no space and so survives every program's way of
 * reading headers; in OTEL_EXPORTER_OTLP_HEADERS values are percent-encoded.
 *
 * After the programs' own documentation: code.claude.com/docs/en/monitoring-usage,
 * openai/codex docs/config.md ([otel]), geminicli.com/docs/cli/telemetry and
 * opentelemetry.io's exporter pages. Prompts stay out of all of them.
 */
export function snippetsFor(source: Source, target: Target): readonly Snippet[] {
  switch (source) {
    case "claude-code":
      return claudeCode(target);
    case "codex":
      return [codex(target)];
    case "gemini-cli":
      return geminiCli(target);
    case "javascript":
      return javascript(target);
    case "python":
      return python(target);
    case "curl":
      return [curl(target)];
  }
}

function claudeCode(target: Target): readonly Snippet[] {
  const settings = {
    CLAUDE_CODE_ENABLE_TELEMETRY: "1",
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "otlp",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_EXPORTER_OTLP_ENDPOINT: target.url,
    OTEL_EXPORTER_OTLP_HEADERS: headerVariable(target.key),
  };
  return [
    { place: "~/.claude/settings.json", text: JSON.stringify({ env: settings }, null, 2) },
    {
      place: "shell",
      text: [
        ...Object.entries(settings).map(([name, value]) => `export ${name}="${value}"`),
        "claude",
      ].join("\n"),
    },
  ];
}

/** Codex wants the full path of the signal; its logs carry the tokens. */
function codex({ url, key }: Target): Snippet {
  return {
    place: "~/.codex/config.toml",
    text: `[otel]
environment = "production"
log_user_prompt = false

[otel.exporter."otlp-http"]
endpoint = ${JSON.stringify(`${url}/v1/logs`)}
protocol = "binary"

[otel.exporter."otlp-http".headers]
"x-api-key" = ${JSON.stringify(key)}`,
  };
}

function geminiCli({ url, key }: Target): readonly Snippet[] {
  const telemetry = {
    enabled: true,
    target: "local",
    otlpEndpoint: url,
    otlpProtocol: "http",
    logPrompts: false,
  };
  return [
    { place: "~/.gemini/settings.json", text: JSON.stringify({ telemetry }, null, 2) },
    {
      place: "shell",
      text: `export OTEL_EXPORTER_OTLP_HEADERS="${headerVariable(key)}"\ngemini`,
    },
  ];
}

function javascript({ url, key }: Target): readonly Snippet[] {
  return [
    {
      place: "shell",
      text: "npm install @opentelemetry/api @opentelemetry/sdk-node @opentelemetry/exporter-trace-otlp-proto",
    },
    {
      place: "telemetry.mjs",
      text: `import { trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { NodeSDK } from "@opentelemetry/sdk-node";

const sdk = new NodeSDK({
  serviceName: "my-agent",
  traceExporter: new OTLPTraceExporter({
    url: ${JSON.stringify(`${url}/v1/traces`)},
    headers: { "x-api-key": ${JSON.stringify(key)} },
  }),
});
sdk.start();

// One model call, as an instrumentation would report it.
trace.getTracer("my-agent").startActiveSpan("chat gpt-5.5", (span) => {
  span.setAttributes({
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-5.5",
    "gen_ai.usage.input_tokens": 1200,
    "gen_ai.usage.output_tokens": 300,
  });
  span.end();
});
await sdk.shutdown();`,
    },
  ];
}

function python({ url, key }: Target): readonly Snippet[] {
  return [
    {
      place: "shell",
      text: "pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http",
    },
    {
      place: "telemetry.py",
      text: `from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

exporter = OTLPSpanExporter(
    endpoint=${JSON.stringify(`${url}/v1/traces`)},
    headers={"x-api-key": ${JSON.stringify(key)}},
)
provider = TracerProvider(resource=Resource.create({"service.name": "my-agent"}))
provider.add_span_processor(BatchSpanProcessor(exporter))
trace.set_tracer_provider(provider)

# One model call, as an instrumentation would report it.
with trace.get_tracer("my-agent").start_as_current_span("chat gpt-5.5") as span:
    span.set_attributes({
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-5.5",
        "gen_ai.usage.input_tokens": 1200,
        "gen_ai.usage.output_tokens": 300,
    })
provider.shutdown()`,
    },
  ];
}

/** A span by hand, to see that key and address are right. */
function curl({ url, key }: Target): Snippet {
  return {
    place: "shell",
    text: `now=$(date +%s)
curl ${url}/v1/traces \\
  -H "x-api-key: ${key}" -H "content-type: application/json" \\
  -d '{"resourceSpans":[{
    "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"hello"}}]},
    "scopeSpans":[{"spans":[{
      "traceId":"'$(openssl rand -hex 16)'","spanId":"'$(openssl rand -hex 8)'",
      "name":"chat gpt-5.5","kind":3,
      "startTimeUnixNano":"'$now'000000000","endTimeUnixNano":"'$now'500000000",
      "attributes":[
        {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
        {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
        {"key":"gen_ai.request.model","value":{"stringValue":"gpt-5.5"}},
        {"key":"gen_ai.usage.input_tokens","value":{"intValue":"1200"}},
        {"key":"gen_ai.usage.output_tokens","value":{"intValue":"300"}}
      ]}]}]}]}'`,
  };
}

function headerVariable(key: string): string {
  return `x-api-key=${encodeURIComponent(key)}`;
}
