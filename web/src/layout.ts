// Lays a transition out, in a thread of its own, so that a large one does not hold the page up.
import dagre from "@dagrejs/dagre";

export interface Layout {
  width: number;
  height: number;
  places: Record<number, { x: number; y: number }>;
  paths: string[];
}

export interface Question {
  nodes: number[];
  edges: [number, number][];
  width: number;
  height: number;
}

self.onmessage = (event: MessageEvent<Question>) => {
  const { nodes, edges, width, height } = event.data;
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 10, ranksep: 44, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  nodes.forEach((id) => graph.setNode(String(id), { width, height }));
  edges.forEach(([from, to]) => graph.setEdge(String(from), String(to)));
  dagre.layout(graph);
  const size = graph.graph() as { width?: number; height?: number };
  const layout: Layout = { width: size.width ?? 0, height: size.height ?? 0, places: {}, paths: [] };
  nodes.forEach((id) => {
    const { x, y } = graph.node(String(id)) as { x: number; y: number };
    layout.places[id] = { x: x - width / 2, y: y - height / 2 };
  });
  graph.edges().forEach((edge) => {
    const { points } = graph.edge(edge) as { points: { x: number; y: number }[] };
    layout.paths.push(points.map((point, at) => `${at === 0 ? "M" : "L"}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join(""));
  });
  (self as unknown as { postMessage(layout: Layout): void }).postMessage(layout);
};
