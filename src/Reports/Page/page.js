// Draws the charts of the page by Chart.js, in the colours of its style sheet, and again where these change.
(() => {
  'use strict';
  const charts = [];
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const faded = (hex, share) => hex + Math.round(share * 255).toString(16).padStart(2, '0');

  // A vertical line, such as the best epoch.
  const mark = {
    id: 'mark',
    afterDatasetsDraw(chart, _, options) {
      if (options.at === undefined || options.at === null) return;
      const { ctx, chartArea: area, scales: { x } } = chart;
      const place = x.getPixelForValue(options.at);
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = options.colour;
      ctx.setLineDash([4, 4]);
      ctx.beginPath();
      ctx.moveTo(place, area.top);
      ctx.lineTo(place, area.bottom);
      ctx.stroke();
      ctx.textAlign = place > (area.left + area.right) / 2 ? 'right' : 'left';
      // Above the curves, which it would cover.
      ctx.fillText(options.name, place, area.top - 5);
      ctx.restore();
    },
  };

  // Intervals at the ends of horizontal bars.
  const margins = {
    id: 'margins',
    afterDatasetsDraw(chart, _, options) {
      const { ctx, scales: { x } } = chart;
      ctx.save();
      ctx.strokeStyle = options.colour;
      chart.data.datasets.forEach((set, index) => set.margins && chart.getDatasetMeta(index).data.forEach((bar, i) => {
        if (set.margins[i] === null) return;
        const [low, high] = [-1, 1].map(sign => x.getPixelForValue(set.data[i] + sign * set.margins[i]));
        ctx.beginPath();
        ctx.moveTo(low, bar.y); ctx.lineTo(high, bar.y);
        for (const end of [low, high]) { ctx.moveTo(end, bar.y - 4); ctx.lineTo(end, bar.y + 4); }
        ctx.stroke();
      }));
      ctx.restore();
    },
  };

  // Intervals are on the chart whole.
  function ends(spec) {
    const reach = sign => spec.series.flatMap(series => series.y.map((y, i) => y + sign * (series.margins?.[i] ?? 0)));
    return spec.series.some(series => series.margins) ? { suggestedMin: Math.min(0, ...reach(-1)), suggestedMax: Math.max(0, ...reach(1)) } : {};
  }

  // Powers of ten alone: the numbers between them run into one another over many of them.
  const powers = {
    afterBuildTicks: scale => {
      const whole = scale.ticks.filter(tick => Math.abs(Math.log10(tick.value) - Math.round(Math.log10(tick.value))) < 1e-9);
      if (whole.length > 2) scale.ticks = whole;
    },
    afterTickToLabelConversion: scale => scale.ticks.forEach(tick => { if (tick.value < 1e-3) tick.label = tick.value.toExponential(0); }),
  };

  function draw(script) {
    const spec = JSON.parse(script.textContent);
    const bars = spec.kind === 'Bars', parallel = spec.kind === 'Parallel';
    const text = colour('--text'), line = colour('--line'), soft = colour('--soft');
    const axis = (title, more) => ({ title: { display: true, text: title, color: soft }, ticks: { color: soft, maxRotation: 0, autoSkipPadding: 12 }, grid: { color: line }, ...more });
    const datasets = spec.series.map((series, i) => {
      const own = colour('--s' + i % 6);
      return {
        label: series.name,
        data: bars ? series.y : series.x.map((x, j) => ({ x, y: series.y[j] })),
        margins: series.margins,
        borderColor: own,
        backgroundColor: bars ? own : faded(own, spec.kind === 'Points' && !series.dashed ? 0.45 : 1),
        borderDash: series.dashed ? [6, 4] : i > 5 ? [2, 2] : [],
        borderWidth: bars ? 0 : parallel && i > 0 ? 1 : 2,
        order: parallel ? i : 0,
        pointRadius: spec.kind === 'Points' && !series.dashed ? 2.5 : series.x.length < 2 ? 3 : 0,
        pointBorderWidth: 0,
        pointHitRadius: 8,
        showLine: spec.kind !== 'Points' || series.dashed,
        stepped: spec.kind === 'Steps' ? 'middle' : false,
        fill: spec.kind === 'Steps' ? 'origin' : false,
        spanGaps: !parallel,
      };
    });
    const scales = bars
      ? { x: axis(spec.y, { beginAtZero: true, ...ends(spec) }), y: axis('', { title: { display: false }, grid: { display: false }, ticks: { color: text, autoSkip: false } }) }
      : parallel ? parallelScales() : { x: axis(spec.x, spec.logarithmicX ? { type: 'logarithmic', ...powers } : { type: 'linear' }), y: axis(spec.y, { type: spec.logarithmic ? 'logarithmic' : 'linear' }) };
    // An axis at each whole number, of which the ends alone have names.
    function parallelScales() {
      const x = axis('', { type: 'linear', min: 0, max: spec.categories.length - 1, title: { display: false } });
      x.ticks = { color: text, stepSize: 1, autoSkip: false, maxRotation: 60, callback: value => spec.categories[value] };
      const y = axis(spec.y, { type: 'linear', min: 0, max: 1 });
      y.ticks = { color: soft, callback: value => value === 0 ? 'low' : value === 1 ? 'high' : '' };
      return { x, y };
    }
    charts.push(new Chart(document.getElementById(script.dataset.chart), {
      type: bars ? 'bar' : 'scatter',
      data: { labels: spec.categories, datasets },
      plugins: [mark, margins],
      options: {
        indexAxis: bars ? 'y' : 'x',
        responsive: true,
        maintainAspectRatio: false,
        animation: false,
        layout: { padding: { top: spec.mark === undefined || spec.mark === null ? 0 : 16 } },
        interaction: { mode: bars ? 'index' : 'nearest', axis: bars ? 'y' : 'xy', intersect: false },
        scales,
        plugins: {
          legend: { display: datasets.length > 1, position: 'bottom', labels: { color: text, boxWidth: 18, boxHeight: 3 } },
          mark: { at: spec.mark, name: spec.markName, colour: soft },
          margins: { colour: text },
        },
      },
    }));
  }

  function drawAll() {
    while (charts.length > 0) charts.pop().destroy();
    document.querySelectorAll('script[data-chart]').forEach(draw);
  }

  window.reportCharts = charts;
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
