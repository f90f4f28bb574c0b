// A histogram the size of a thumb: bars in SVG, no axis, its content told in words.
export function Bars({ counts, label, height = 36 }: { counts: number[]; label: string; height?: number }) {
  const highest = Math.max(1, ...counts);
  const width = 100 / Math.max(1, counts.length);
  const bars = counts.map((count, i) => ({ count, left: i * width, tall: (count / highest) * height }));
  return (
    <svg
      className="bars"
      style={{ height }}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bars.map(({ count, left, tall }) => (
        <rect key={left} x={left} y={height - tall} width={width * 0.9} height={tall}>
          <title>{count.toLocaleString("en-US")}</title>
        </rect>
      ))}
    </svg>
  );
}
