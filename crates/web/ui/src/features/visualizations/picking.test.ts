// A click on a mark as conditions on rows, for every kind of mark.
import { describe, expect, it } from "vitest";
import { conditionsOf, withPicked } from "./picking";
import type { ChartAnswer, ChartSpec, Column, ColumnType, Condition } from "./types";

const column = (name: string, type: ColumnType): Column => ({ name, type, nulls: 1, encoding: "plain" });
const COLUMNS = [
  column("day", "date"),
  column("at", "datetime"),
  column("clock", "time"),
  column("country", "text"),
  column("city", "text"),
  column("price", "float"),
  column("year", "integer"),
  column("paid", "boolean"),
];

type Data = Record<string, unknown>;
interface Given {
  traces: Data[];
  layout?: Data;
  /** Names with types, and the rows below. */
  table?: [columns: [name: string, type: ColumnType][], rows: unknown[][]];
  notes?: string[];
}

const answer = (
  kind: ChartAnswer["kind"],
  { traces, layout = {}, table = [[], []], notes = [] }: Given,
): ChartAnswer => ({
  kind,
  figure: { data: traces, layout },
  sentence: "",
  notes,
  table: { columns: table[0].map(([name, type]) => column(name, type)), rows: table[1], is_cut: false },
});

/** What a click on a mark of the chart filters by. */
function clicked(
  spec: Partial<ChartSpec> & { kind: ChartSpec["kind"] },
  given: Given,
  point: unknown = 0,
  more: Data = {},
) {
  const mark = { curveNumber: 0, pointNumber: point as number, ...more };
  return conditionsOf({ dataset_id: "d", ...spec }, answer(spec.kind, given), COLUMNS, mark);
}

const eq = (name: string, value: unknown): Condition => ({ column: name, op: "eq", value });
const from = (name: string, low: unknown, high: unknown, op: "lt" | "le" = "lt"): Condition[] => [
  { column: name, op: "ge", value: low },
  { column: name, op, value: high },
];
const NAMES = { xaxis: { type: "category" } };
const NUMBERS = (low: number, high: number) => ({ xaxis: { type: "linear", range: [low, high] } });
const byCountry = (names: string[], rows: unknown[][], notes?: string[]): Given => ({
  traces: [{ type: "bar", x: names, y: names.map(() => 1) }],
  layout: NAMES,
  table: [
    [
      ["country", "text"],
      ["Number of rows", "integer"],
    ],
    rows,
  ],
  notes,
});

describe("a name on an axis", () => {
  const spec = { kind: "bar" as const, x: { column: "country" } };
  it("is the value that it stands for, as the table has it", () => {
    const given = byCountry(
      ["Chile", "A &lt;b&gt; &amp; &amp;amp;"],
      [
        ["Chile", 1],
        ["A <b> & &amp;", 1],
      ],
    );
    expect(clicked(spec, given, 1)).toEqual([eq("country", "A <b> & &amp;")]);
  });
  it("of lying bars stands on the other axis", () => {
    const given = byCountry(
      [],
      [
        ["Chile", 1],
        ["Peru", 1],
      ],
    );
    given.traces = [{ type: "bar", orientation: "h", y: ["Chile", "Peru"], x: [1, 2] }];
    given.layout = { yaxis: { type: "category" } };
    expect(clicked(spec, given, 1)).toEqual([eq("country", "Peru")]);
  });
  it("of missing and empty cells is no value, that of the rest none at all", () => {
    const given = byCountry(
      ["(missing)", "(empty)", "Other"],
      [
        [null, 1],
        ["", 1],
        ["Other", 1],
      ],
      ['12 other values of "country" stand together as "Other".'],
    );
    expect(clicked(spec, given, 0)).toEqual([{ column: "country", op: "is_null" }]);
    expect(clicked(spec, given, 1)).toEqual([eq("country", "")]);
    expect(clicked(spec, given, 2)).toEqual([]);
    expect(clicked(spec, { ...given, notes: [] }, 2)).toEqual([eq("country", "Other")]);
  });
  it("that two values have is none of them", () => {
    const given = byCountry(
      ["(missing)"],
      [
        [null, 1],
        ["(missing)", 1],
      ],
    );
    expect(clicked(spec, given)).toEqual([]);
  });
  it("of a number, with separators and a unit, is that number; a truth value is one", () => {
    const numbers: Given = {
      traces: [{ type: "bar", x: ["−1,200 €", "0.5 €"] }],
      layout: NAMES,
      table: [
        [
          ["price", "float"],
          ["n", "integer"],
        ],
        [
          [-1200, 1],
          [0.5, 1],
          [1200, 1],
        ],
      ],
    };
    expect(clicked({ kind: "bar", x: { column: "price" } }, numbers, 0)).toEqual([eq("price", -1200)]);
    expect(clicked({ kind: "bar", x: { column: "price" } }, numbers, 1)).toEqual([eq("price", 0.5)]);
    const truths: Given = {
      ...numbers,
      traces: [{ type: "bar", x: ["true"] }],
      table: [[["paid", "boolean"]], [[false], [true]]],
    };
    expect(clicked({ kind: "bar", x: { column: "paid" } }, truths)).toEqual([eq("paid", true)]);
  });
  it("that a tick tells between names that are not all different", () => {
    const given = byCountry(
      [],
      [
        ["Chile", 1],
        ["Peru", 1],
      ],
    );
    given.traces = [{ type: "bar", x: [1.2], width: [0.4] }];
    given.layout = { xaxis: { type: "linear", tickvals: [0, 1], ticktext: ["Chile", "Peru"] } };
    expect(clicked(spec, given)).toEqual([eq("country", "Peru")]);
  });
});

describe("a class", () => {
  const table: Given["table"] = [
    [
      ["price", "text"],
      ["n", "integer"],
    ],
    [
      ["0–10", 1],
      ["10–20", 1],
    ],
  ];
  const bars = (trace: Data, layout: Data = NUMBERS(0, 20)): Given => ({
    traces: [{ type: "bar", ...trace }],
    layout,
    table,
  });
  it("of a histogram and of bars fills its place", () => {
    const given = bars({ x: [5, 15], width: [10, 10], offset: [-5, -5] });
    for (const kind of ["histogram", "bar"] as const) {
      const x = kind === "bar" ? { column: "price", bin: { width: 10 } } : { column: "price" };
      expect(clicked({ kind, x }, given, 0)).toEqual(from("price", 0, 10));
    }
  });
  it("that is the last holds its upper edge", () => {
    const given = bars({ x: [5, 15], width: [10, 10], offset: [-5, -5] });
    expect(clicked({ kind: "histogram", x: { column: "price" } }, given, 1)).toEqual(from("price", 10, 20, "le"));
    const log = bars({ x: [5.5, 55], width: [9, 90], offset: [-4.5, -45] }, { xaxis: { type: "log", range: [0, 2] } });
    expect(clicked({ kind: "histogram", x: { column: "price", scale: "log" } }, log, 0)).toEqual(from("price", 1, 10));
    expect(clicked({ kind: "histogram", x: { column: "price", scale: "log" } }, log, 1)).toEqual(
      from("price", 10, 100, "le"),
    );
  });
  it("is the place of all series together where they stand beside each other", () => {
    const given = bars({
      name: "Peru",
      x: [7.5, 17.5],
      width: [5, 5],
      offset: [-2.5, -2.5],
      showlegend: true,
      legendrank: 2,
    });
    given.traces.push({ type: "scatter", name: "Chile", showlegend: true, legendrank: 1 });
    given.table = [
      [
        ["country", "text"],
        ["price", "text"],
      ],
      [
        ["Chile", "0–10"],
        ["Peru", "0–10"],
        ["Peru", "10–20"],
      ],
    ];
    const spec = { kind: "bar" as const, x: { column: "price", bin: { count: 2 } }, color: { column: "country" } };
    expect(clicked(spec, given, 0)).toEqual([...from("price", 0, 10), eq("country", "Peru")]);
    const stacked = bars({ ...given.traces[0], x: [5, 15], width: [10, 10], offset: [-5, -5] });
    stacked.traces.push(given.traces[1] as Data);
    stacked.table = given.table;
    expect(clicked({ ...spec, options: { stack: "stacked" } }, stacked, 1)).toEqual([
      ...from("price", 10, 20, "le"),
      eq("country", "Peru"),
    ]);
  });
  it("of a line is known by count, width or edges, and by no rule", () => {
    const line: Given = { traces: [{ type: "scatter", x: [5, 15], y: [1, 2] }], layout: NUMBERS(0, 20), table };
    const of = (bin: NonNullable<ChartSpec["x"]>["bin"]) =>
      clicked({ kind: "line", x: { column: "price", bin } }, line, 1);
    expect(of({ count: 2 })).toEqual(from("price", 10, 20, "le"));
    expect(of({ width: 10 })).toEqual(from("price", 10, 20, "le"));
    expect(of({ edges: [0, 12, 18, 30] })).toEqual(from("price", 12, 18));
    expect(of("sturges")).toEqual([]);
  });
  it("by name alone is unknown", () => {
    const pie: Given = { traces: [{ type: "pie", labels: ["0–10"], values: [1] }], table };
    expect(clicked({ kind: "pie", x: { column: "price", bin: { count: 2 } } }, pie)).toEqual([]);
    const sorted: Given = { traces: [{ type: "bar", x: ["10–20"] }], layout: NAMES, table };
    expect(clicked({ kind: "bar", x: { column: "price", bin: { count: 2 }, sort: "value" } }, sorted)).toEqual([]);
  });
});

describe("a period", () => {
  const table = (starts: string[], type: ColumnType = "date", name = "day"): Given["table"] => [
    [
      [name, type],
      ["n", "integer"],
    ],
    starts.map((start) => [start, 1]),
  ];
  const MONTHS = ["2025-01-01", "2025-02-01", "2025-05-01"];
  const drawn = (x: string[]): Given => ({
    traces: [{ type: "bar", x }],
    layout: { xaxis: { type: "date" } },
    table: table(MONTHS),
  });
  it("goes to the next one by the calendar, though others may lack", () => {
    const spec = { kind: "bar" as const, x: { column: "day" } };
    expect(clicked(spec, drawn(MONTHS), 1)).toEqual(from("day", "2025-02-01", "2025-03-01"));
    const quarters = { kind: "bar" as const, x: { column: "day", granularity: "quarter" as const } };
    expect(clicked(quarters, drawn(MONTHS), 0)).toEqual(from("day", "2025-01-01", "2025-04-01"));
  });
  it("is the nearest one, since bars of several series begin before it", () => {
    expect(clicked({ kind: "bar", x: { column: "day" } }, drawn(["2025-01-29T12:00:00"]))).toEqual(
      from("day", "2025-02-01", "2025-03-01"),
    );
  });
  it("is told by its name on axes of names, in pies, as a series and in small charts", () => {
    const starts = table(["2025-05-01", "2025-01-01", "2025-02-01"]);
    const may = from("day", "2025-05-01", "2025-06-01");
    const bars: Given = { traces: [{ type: "bar", x: ["May 2025"] }], layout: NAMES, table: starts };
    expect(clicked({ kind: "bar", x: { column: "day", sort: "value" } }, bars)).toEqual(may);
    const pie: Given = { traces: [{ type: "pie", labels: ["Jan 2025", "May 2025"] }], table: starts };
    expect(clicked({ kind: "pie", x: { column: "day" } }, pie, 1)).toEqual(may);
    const series: Given = {
      traces: [{ type: "bar", name: "Q2 2025", x: ["Chile"] }],
      layout: NAMES,
      table: [
        [
          ["day", "date"],
          ["country", "text"],
        ],
        [
          ["2025-01-01", "Chile"],
          ["2025-04-01", "Chile"],
        ],
      ],
    };
    const color = { column: "day", granularity: "quarter" as const };
    expect(clicked({ kind: "bar", x: { column: "country" }, color }, series)).toEqual([
      eq("country", "Chile"),
      ...from("day", "2025-04-01", "2025-07-01"),
    ]);
  });
  it("on clocks of a zone is told in UTC", () => {
    const given: Given = {
      traces: [{ type: "bar", x: ["2024-03-30", "2024-03-31"] }],
      layout: { xaxis: { type: "date" } },
      table: table(["2024-03-30", "2024-03-31"], "date", "at"),
    };
    const x = { column: "at", granularity: "day" as const, time_zone: "Europe/Berlin" };
    // The clocks were put forward on this day.
    expect(clicked({ kind: "bar", x }, given, 1)).toEqual(from("at", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"));
    const utc = { column: "at", granularity: "day" as const };
    expect(clicked({ kind: "bar", x: utc }, given, 1)).toEqual(from("at", "2024-03-31", "2024-04-01"));
  });
  it("of some minutes may be times as they are, or minutes", () => {
    const of = (starts: string[]) =>
      clicked(
        { kind: "line", x: { column: "at" } },
        {
          traces: [{ type: "scatter", x: starts }],
          layout: { xaxis: { type: "date" } },
          table: table(starts, "datetime", "at"),
        },
      );
    expect(of(["2025-01-01T10:00:00.250000", "2025-01-01T10:01:00"])).toEqual([eq("at", "2025-01-01T10:00:00.250000")]);
    expect(of(["2025-01-01T10:00:00", "2025-01-01T10:01:00"])).toEqual(
      from("at", "2025-01-01T10:00:00", "2025-01-01T10:01:00"),
    );
  });
  it("that is the only one filters nothing", () => {
    const given: Given = { ...drawn(["2025-01-01"]), table: table(["2025-01-01"]) };
    expect(clicked({ kind: "bar", x: { column: "day" } }, given)).toEqual([]);
  });
});

describe("a cell", () => {
  const cells = (trace: Data, layout: Data, table?: Given["table"]): Given => ({
    traces: [{ type: "heatmap", ...trace }],
    layout,
    table,
  });
  it("of two classes lies between their edges; the last ones hold their ends", () => {
    const given = cells({ x: [0, 10, 20], y: [1, 2, 3] }, { xaxis: { type: "linear" }, yaxis: { type: "linear" } });
    const spec = { kind: "density" as const, x: { column: "price" }, y: [{ column: "year" }] };
    expect(clicked(spec, given, [0, 1])).toEqual([...from("price", 10, 20, "le"), ...from("year", 1, 2)]);
    // A scatter of many points is drawn as one.
    expect(clicked({ ...spec, kind: "scatter" }, given, [1, 0])).toEqual([
      ...from("price", 0, 10),
      ...from("year", 2, 3, "le"),
    ]);
  });
  it("of days has whole days, of times of day no day", () => {
    const given = cells(
      { x: ["2025-01-01T12:00:00", "2025-01-04T18:00:00"], y: ["1970-01-01", "1970-01-01T10:00:00"] },
      {
        xaxis: { type: "date" },
        yaxis: { type: "date" },
      },
    );
    const spec = { kind: "density" as const, x: { column: "day" }, y: [{ column: "clock" }] };
    expect(clicked(spec, given, [0, 0])).toEqual([
      ...from("day", "2025-01-02", "2025-01-04", "le"),
      ...from("clock", "00:00:00", "10:00:00", "le"),
    ]);
  });
  it("of a heat map has names, periods or classes", () => {
    const given = cells(
      { x: ["Chile", "Peru"], y: ["2025-01-01", "2025-02-01", "2025-03-01"] },
      { xaxis: { type: "category" }, yaxis: { type: "date" } },
      [
        [
          ["day", "date"],
          ["country", "text"],
        ],
        [
          ["2025-01-01", "Chile"],
          ["2025-02-01", "Peru"],
        ],
      ],
    );
    const spec = { kind: "heatmap" as const, x: { column: "country" }, y: [{ column: "day" }] };
    expect(clicked(spec, given, [1, 1])).toEqual([eq("country", "Peru"), ...from("day", "2025-02-01", "2025-03-01")]);
    const classes = cells(
      { x: [0, 10, 20], y: ["Chile"] },
      { xaxis: { type: "linear" }, yaxis: { type: "category" } },
      [
        [
          ["country", "text"],
          ["price", "text"],
        ],
        [
          ["Chile", "0–10"],
          ["Chile", "10–20"],
        ],
      ],
    );
    expect(clicked({ kind: "heatmap", x: { column: "price" }, y: [{ column: "country" }] }, classes, [0, 1])).toEqual([
      ...from("price", 10, 20, "le"),
      eq("country", "Chile"),
    ]);
  });
  it("that is a hexagon is told by no conditions", () => {
    const given: Given = { traces: [{ type: "scatter", mode: "markers", x: [1], y: [2] }] };
    expect(clicked({ kind: "density", x: { column: "price" }, y: [{ column: "year" }] }, given)).toEqual([]);
  });
});

describe("a part", () => {
  const steps = (names: string[], orientation: "h" | "v"): Given => ({
    traces: [{ type: "bar", orientation, x: names, y: names }],
    layout: NAMES,
    table: [
      [
        ["country", "text"],
        ["n", "integer"],
      ],
      [
        ["Chile", 2],
        ["A & B", 1],
      ],
    ],
  });
  it("of a pie is the value of its name", () => {
    const pie: Given = {
      traces: [{ type: "pie", labels: ["A &amp; B", "Other"], values: [2, 1] }],
      table: [
        [
          ["country", "text"],
          ["n", "integer"],
        ],
        [
          ["A & B", 2],
          ["Other", 1],
        ],
      ],
      notes: ['3 other values of "country" stand together as "Other".'],
    };
    expect(clicked({ kind: "pie", x: { column: "country" } }, pie, 0)).toEqual([eq("country", "A & B")]);
    expect(clicked({ kind: "pie", x: { column: "country" } }, pie, 1)).toEqual([]);
  });
  it("of a funnel and a waterfall stands in the table, the total does not", () => {
    expect(clicked({ kind: "funnel", x: { column: "country" } }, steps(["Chile", "A &amp; B"], "h"), 1)).toEqual([
      eq("country", "A & B"),
    ]);
    const waterfall = steps(["Chile", "A &amp; B", "Total"], "v");
    expect(clicked({ kind: "waterfall", x: { column: "country" } }, waterfall, 0)).toEqual([eq("country", "Chile")]);
    expect(clicked({ kind: "waterfall", x: { column: "country" } }, waterfall, 2)).toEqual([]);
    waterfall.traces = [{ type: "scatter", name: "Level", x: [0.35] }];
    expect(clicked({ kind: "waterfall", x: { column: "country" } }, waterfall)).toEqual([]);
    const months: Given = {
      ...steps(["Jan 2025", "Feb 2025"], "v"),
      table: [[["day", "date"]], [["2025-01-01"], ["2025-02-01"]]],
    };
    expect(clicked({ kind: "waterfall", x: { column: "day" } }, months, 0)).toEqual(
      from("day", "2025-01-01", "2025-02-01"),
    );
  });
  it("of a treemap is its path; a tile of several values is none", () => {
    const tree = (labels: string[], rows: unknown[][], type: ColumnType): Given => ({
      traces: [
        {
          type: "treemap",
          ids: labels.map((_, i) => String(i)),
          parents: labels.map((_, i) => (i === 0 ? "" : "0")),
          labels,
        },
      ],
      table: [
        [
          ["year", type],
          ["city", "text"],
          ["n", "integer"],
          ["Share", "float"],
        ],
        rows,
      ],
    });
    const spec = { kind: "treemap" as const, rows: [{ column: "year" }, { column: "city" }] };
    const plain = tree(
      ["2,025", "A &amp; B", "(missing)"],
      [
        [2025, "A & B", 2, 60],
        [2025, null, 1, 40],
      ],
      "integer",
    );
    expect(clicked(spec, plain, 1)).toEqual([eq("year", 2025), eq("city", "A & B")]);
    expect(clicked(spec, plain, 2)).toEqual([eq("year", 2025), { column: "city", op: "is_null" }]);
    expect(clicked(spec, plain, 0)).toEqual([eq("year", 2025)]);
    const folded = tree(
      ["2,025", "Lima", "Other (495)"],
      [
        ["2,025", "Lima", 2, 60],
        ["2,025", "Other", 1, 40],
      ],
      "text",
    );
    expect(clicked(spec, folded, 1)).toEqual([eq("year", 2025), eq("city", "Lima")]);
    expect(clicked(spec, folded, 2)).toEqual([]);
    const days: Given = tree(["Jan 2025", "Lima"], [["2025-01-01", "Lima", 2, 60]], "date");
    const months = [{ column: "day", granularity: "month" as const }, { column: "city" }];
    days.table?.[0].splice(0, 1, ["day", "date"]);
    expect(clicked({ kind: "treemap", rows: months }, days, 0)).toEqual(from("day", "2025-01-01", "2025-02-01"));
  });
  it("of a map is what the column calls the country", () => {
    const map: Given = { traces: [{ type: "choropleth", locations: ["CHL"], hovertext: ["Chile: 3"] }] };
    const spec = { kind: "choropleth" as const, x: { column: "country" } };
    expect(clicked(spec, map)[0]?.values).toEqual(["Chile", "CHL", "CL"]);
    const mark = { curveNumber: 0, pointNumber: 0 };
    expect(
      conditionsOf({ dataset_id: "d", ...spec }, answer("choropleth", map), COLUMNS, mark, () => ["PER", "CHL"]),
    ).toEqual([eq("country", "CHL")]);
  });
});

describe("a point", () => {
  it("of a scatter, a map and a cloud is the rows at its place", () => {
    const table: Given["table"] = [
      [
        ["price", "float"],
        ["year", "integer"],
        ["day", "date"],
      ],
      [[1.5, 2, "2025-01-02"]],
    ];
    const [x, y] = [{ column: "price" }, [{ column: "year" }]];
    const both = [eq("price", 1.5), eq("year", 2)];
    const scatter: Given = { traces: [{ type: "scatter", mode: "markers", x: [1.5], y: [2] }], table };
    expect(clicked({ kind: "scatter", x, y }, scatter)).toEqual(both);
    const map: Given = { traces: [{ type: "scattergeo", mode: "markers", lon: [1.5], lat: [2] }], table };
    expect(clicked({ kind: "point_map", x, y }, map)).toEqual(both);
    const cloud: Given = {
      traces: [{ type: "scatter3d", mode: "markers", x: [1.5], y: [2], z: [3] }],
      table: [
        [
          ["price", "float"],
          ["year", "integer"],
        ],
        [],
      ],
    };
    expect(clicked({ kind: "scatter_3d", x, y, z: { column: "price" } }, cloud)).toEqual([...both, eq("price", 3)]);
    const times: Given = { traces: [{ type: "scatter", mode: "markers", x: ["2025-01-02"], y: [2] }], table };
    expect(clicked({ kind: "scatter", x: { column: "day" }, y }, times)).toEqual([
      eq("day", "2025-01-02"),
      eq("year", 2),
    ]);
  });
  it("of a trend or of a bin is no row", () => {
    const table: Given["table"] = [
      [
        ["price", "float"],
        ["year", "integer"],
      ],
      [],
    ];
    const spec = { x: { column: "price" }, y: [{ column: "year" }] };
    const trend: Given = { traces: [{ type: "scatter", mode: "lines", x: [1], y: [2] }], table };
    expect(clicked({ kind: "scatter", ...spec }, trend)).toEqual([]);
    const bins: Given = {
      traces: [{ type: "scattergeo", mode: "markers", lon: [1], lat: [2] }],
      table: [
        [
          ["Mean of price", "float"],
          ["Mean of year", "float"],
        ],
        [],
      ],
    };
    expect(clicked({ kind: "point_map", ...spec }, bins)).toEqual([]);
  });
  it("of a surface has both its sides, as numbers or as classes", () => {
    const surface = (rows: unknown[][], type: ColumnType): Given => ({
      traces: [{ type: "surface", x: [5, 15, 25], y: [1, 2] }],
      table: [
        [
          ["price", type],
          ["year", "integer"],
          ["z", "float"],
        ],
        rows,
      ],
    });
    const spec = {
      kind: "surface" as const,
      x: { column: "price" },
      y: [{ column: "year" }],
      z: { column: "price", aggregate: "mean" as const },
    };
    expect(
      clicked(
        spec,
        surface(
          [
            [5, 1, 0],
            [15, 2, 0],
          ],
          "float",
        ),
        0,
        { x: 15, y: 2 },
      ),
    ).toEqual([eq("price", 15), eq("year", 2)]);
    const classes = surface(
      [
        ["0–10", 1, 0],
        ["20–30", 2, 0],
      ],
      "text",
    );
    expect(clicked(spec, classes, 0, { x: 25, y: 1 })).toEqual([...from("price", 20, 30, "le"), eq("year", 1)]);
    expect(clicked(spec, classes, 0, { x: 24, y: 1 })).toEqual([]);
  });
  it("of a line along numbers is its number, one of a trend is none", () => {
    const line: Given = {
      traces: [{ type: "scatter", x: [2, 2.5] }],
      layout: NUMBERS(0, 5),
      table: [[["price", "float"]], [[2], [3]]],
    };
    expect(clicked({ kind: "line", x: { column: "price" } }, line, 0)).toEqual([eq("price", 2)]);
    expect(clicked({ kind: "line", x: { column: "price" } }, line, 1)).toEqual([]);
  });
});

describe("a box", () => {
  const table: Given["table"] = [
    [
      ["country", "text"],
      ["Series", "text"],
      ["Median", "float"],
    ],
    [
      ["Chile", "2,024", 1],
      ["(missing)", "2,025", 1],
    ],
  ];
  const boxes: Given = {
    traces: [{ type: "box", name: "2,025", x: [-0.2, 0.8] }],
    layout: { xaxis: { type: "linear", tickvals: [0, 1], ticktext: ["Chile", "(missing)"] } },
    table,
  };
  it("is told by names, its series too", () => {
    const spec = { kind: "box" as const, x: { column: "country" }, color: { column: "year" } };
    expect(clicked(spec, boxes, undefined, { x: -0.2 })).toEqual([eq("country", "Chile"), eq("year", 2025)]);
    expect(clicked(spec, boxes, undefined, { x: 0.8 })[0]).toEqual({ column: "country", op: "is_null" });
  });
});

describe("a series and a small chart", () => {
  const table: Given["table"] = [
    [
      ["paid", "boolean"],
      ["country", "text"],
      ["city", "text"],
      ["Sum of price", "float"],
      ["Number of rows", "integer"],
    ],
    [
      [true, "Peru", "Lima", 1, 1],
      [false, "Other", "Lima", 1, 1],
      [null, null, "Lima", 1, 1],
    ],
  ];
  const panel = (suffix: string, left: number) => ({
    [`xaxis${suffix}`]: { type: "category", domain: [left, left + 0.5] },
    [`yaxis${suffix}`]: { domain: [0, 1] },
  });
  const title = (text: string, x: number) => ({ text: `<b>${text}</b>`, xref: "paper", x, y: 1 });
  const layout = {
    ...panel("", 0),
    ...panel("2", 0.5),
    annotations: [title("paid: true", 0), { text: "a note", xref: "x", x: 0, y: 1 }, title("paid: (missing)", 0.5)],
  };
  const trace = (name: string, xaxis: string) => ({
    type: "bar",
    name,
    x: ["Lima"],
    xaxis,
    yaxis: xaxis.replace("x", "y"),
  });
  const spec = {
    kind: "bar" as const,
    x: { column: "city" },
    color: { column: "country" },
    facet: { column: "paid" },
  };
  const of = (name: string, xaxis: string, more: Partial<ChartSpec> = {}, notes: string[] = []) =>
    clicked({ ...spec, ...more }, { traces: [trace(name, xaxis)], layout, table, notes });
  it("are in the condition", () => {
    expect(of("Peru", "x")).toEqual([eq("city", "Lima"), eq("country", "Peru"), eq("paid", true)]);
    expect(of("(missing)", "x2")).toEqual([
      eq("city", "Lima"),
      { column: "country", op: "is_null" },
      { column: "paid", op: "is_null" },
    ]);
  });
  it("of several figures, the name of the value stands before that of the figure", () => {
    const y = [{ column: "price", aggregate: "sum" as const }, { aggregate: "count" as const }];
    expect(of("Peru · Sum of price", "x", { y })[1]).toEqual(eq("country", "Peru"));
    expect(of("Peru", "x", { y })).toEqual([eq("city", "Lima"), eq("paid", true)]);
  });
  it("of the rest say nothing; the same condition stands once", () => {
    const rest = ['9 other values of "country" stand together as "Other".'];
    expect(of("Other", "x", {}, rest)).toEqual([eq("city", "Lima"), eq("paid", true)]);
    expect(of("Lima", "x", { color: { column: "city" } })).toEqual([eq("city", "Lima"), eq("paid", true)]);
  });
  it("of slices is told by where they stand", () => {
    const pie: Given = {
      traces: [{ type: "pie", labels: ["Lima"], domain: { x: [0.5, 1], y: [0, 1] } }],
      layout: { annotations: layout.annotations },
      table,
    };
    expect(clicked({ kind: "pie", x: { column: "city" }, facet: { column: "paid" } }, pie)).toEqual([
      eq("city", "Lima"),
      { column: "paid", op: "is_null" },
    ]);
  });
});

describe("a filter", () => {
  it("takes a click in the place of what it said of the column", () => {
    const other = { column: "price", op: "gt" as const, value: 1 };
    expect(withPicked([eq("country", "Peru"), other], [[eq("country", "Chile")]])).toEqual([
      other,
      eq("country", "Chile"),
    ]);
  });
  it("takes several marks as a list, several periods and classes as one span", () => {
    expect(withPicked([], [[eq("country", "Chile")], [eq("country", "Peru")]])).toEqual([
      { column: "country", op: "in", values: ["Chile", "Peru"] },
    ]);
    expect(withPicked([], [from("t", "2025-03-01", "2025-04-01"), from("t", "2025-01-01", "2025-02-01")])).toEqual(
      from("t", "2025-01-01", "2025-04-01"),
    );
    expect(withPicked([], [from("price", 10, 20, "le"), from("price", 0, 10)])).toEqual(from("price", 0, 20, "le"));
  });
});
