type Vertex = { readonly at: readonly number[]; readonly value: number };

/**
 * How far the first simplex reaches from the start, how many rounds at most,
 * and the relative difference between its vertices that ends the search.
 */
export type Effort = {
  readonly step: number;
  readonly rounds: number;
  readonly tolerance: number;
};

/**
 * Finds a minimum of a function of a few variables by the simplex method of
 * Nelder and Mead (The Computer Journal 7, 1965): reflect the worst vertex,
 * expand, contract, else shrink. Needs no derivative and is deterministic.
 */
export function minimise(
  cost: (at: readonly number[]) => number,
  start: readonly number[],
  { step, rounds, tolerance }: Effort,
): Vertex {
  const measure = (at: readonly number[]): Vertex => ({ at, value: cost(at) });
  const corners = start.map((_, axis) => start.map((x, i) => (i === axis ? x + step : x)));
  let simplex = [start, ...corners].map(measure);
  for (let round = 0; round < rounds; round++) {
    simplex.sort((a, b) => a.value - b.value);
    if (hasConverged(simplex, tolerance)) break;
    simplex = improve(simplex, measure);
  }
  return simplex.reduce((best, vertex) => (vertex.value < best.value ? vertex : best));
}

function hasConverged(simplex: readonly Vertex[], tolerance: number): boolean {
  const best = simplex[0]?.value ?? 0;
  const worst = simplex.at(-1)?.value ?? 0;
  return Math.abs(worst - best) < tolerance * (Math.abs(best) + 1e-12);
}

/** The next simplex; takes the vertices in order, best first. */
function improve(simplex: readonly Vertex[], measure: (at: readonly number[]) => Vertex): Vertex[] {
  const others = simplex.slice(0, -1);
  const [best, worst] = [simplex[0], simplex.at(-1)];
  const secondWorst = others.at(-1);
  if (best === undefined || worst === undefined || secondWorst === undefined) return [...simplex];
  const centre = worst.at.map((_, axis) => meanAlong(others, axis));
  const towardsWorst = (t: number) =>
    measure(centre.map((c, axis) => c + t * ((worst.at[axis] ?? 0) - c)));

  const reflected = towardsWorst(-1);
  if (reflected.value < best.value) {
    const expanded = towardsWorst(-2);
    return [...others, expanded.value < reflected.value ? expanded : reflected];
  }
  if (reflected.value < secondWorst.value) return [...others, reflected];
  const contracted = towardsWorst(reflected.value < worst.value ? -0.5 : 0.5);
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...others, contracted];
  const towardsBest = (x: number, axis: number) => {
    const b = best.at[axis] ?? 0;
    return b + 0.5 * (x - b);
  };
  return [best, ...simplex.slice(1).map(({ at }) => measure(at.map(towardsBest)))];
}

function meanAlong(vertices: readonly Vertex[], axis: number): number {
  let mean = 0;
  for (const { at } of vertices) mean += (at[axis] ?? 0) / vertices.length;
  return mean;
}
