import { requestMetricsText } from "#app/api/v1/_lib/request-metrics.ts";

export const dynamic = "force-dynamic";

/** The web process in Prometheus text format 0.0.4. Holds no figures of anybody's spend. */
export function GET(): Response {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  const gauges: readonly (readonly [name: string, type: string, help: string, value: number])[] = [
    ["process_start_time_seconds", "gauge", "Start of the process.", startSeconds()],
    ["process_cpu_seconds_total", "counter", "CPU time.", (cpu.user + cpu.system) / 1e6],
    ["process_resident_memory_bytes", "gauge", "Resident memory.", memory.rss],
    ["nodejs_heap_size_used_bytes", "gauge", "Heap in use.", memory.heapUsed],
  ];
  const lines = gauges.flatMap(([name, type, help, value]) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    `${name} ${value}`,
  ]);
  return new Response(`${lines.join("\n")}\n${requestMetricsText()}`, {
    headers: {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}

function startSeconds(): number {
  return Math.round(Date.now() / 1000 - process.uptime());
}
