package io.sluice.replay;

/** The look of the page: no font, picture or script from elsewhere; legible without backgrounds, so it prints. */
final class ReportStyle {
    static final String SHEET = """
            :root { --ink: #1b2430; --soft: #55606e; --line: #d5dbe3; --paper: #fff; --panel: #f5f7fa; --accent: #0b5c8a;
              --allow: #3f7f9f; --deny: #b3261e; color-scheme: light; }
            @media screen and (prefers-color-scheme: dark) {
              :root { --ink: #e3e8ee; --soft: #9ba7b5; --line: #36404c; --paper: #14191f; --panel: #1c232b;
                --accent: #7cc0ea; --allow: #4f93b5; --deny: #ff8a80; color-scheme: dark; } }
            * { box-sizing: border-box; }
            html { -webkit-text-size-adjust: 100%; }
            body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
              font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
            header { border-bottom: 3px solid var(--accent); padding-bottom: 1rem; }
            .product { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: .02em; }
            h1 { font-size: 1.9rem; line-height: 1.2; margin: .1rem 0 .6rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.4rem 0 .6rem; padding-bottom: .25rem;
              border-bottom: 1px solid var(--line); }
            h3 { font-size: 1.05rem; margin: 1.8rem 0 .2rem; overflow-wrap: anywhere; }
            p, ul { margin: .4rem 0; }
            a { color: var(--accent); }
            .summary { font-size: 1.1rem; font-weight: 600; margin: 0; }
            .soft, .note { color: var(--soft); }
            .note { display: block; font-size: .87em; font-weight: 400; overflow-wrap: anywhere; }
            .advice { border-left: 4px solid var(--deny); padding: .6rem 1rem; background: var(--panel); }
            .verdict { font-size: 1.35rem; line-height: 1.3; font-weight: 600; margin: .6rem 0; }
            .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; list-style: none;
              padding: 0; margin: 1rem 0; }
            .tiles li { border: 1px solid var(--line); border-top: 4px solid var(--accent); padding: .5rem .8rem; }
            .tiles b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
            .tiles span { color: var(--soft); font-size: .9em; }
            .bars { list-style: none; padding: 0; margin: 1rem 0; }
            .bars li { display: grid; grid-template-columns: minmax(8rem, 1fr) 2fr minmax(9rem, 1fr); gap: 0 1rem;
              align-items: center; padding: .15rem 0; }
            .pair { overflow-wrap: anywhere; }
            .mini { display: block; width: 100%; height: 12px; border: 1px solid var(--line); }
            .mini .allowed { fill: var(--allow); } .mini .refused { fill: var(--deny); }
            .matrix { width: auto; } .matrix th, .matrix td { border: 1px solid var(--line); padding: .35rem .7rem; }
            .matrix thead th { white-space: normal; overflow-wrap: anywhere; }
            .matrix .none { color: var(--soft); text-align: center; } .matrix .some { background: var(--panel); }
            .no { color: var(--deny); font-weight: 700; white-space: nowrap; }
            nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .8rem 0 0; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.4rem; margin: .8rem 0; }
            dt { color: var(--soft); }
            dd { margin: 0; overflow-wrap: anywhere; }
            .hash { font-family: ui-monospace, "Liberation Mono", Menlo, Consolas, monospace; font-size: .87em; }
            .bar { display: block; width: 100%; height: 12px; margin: .5rem 0 .7rem; border: 1px solid var(--line); }
            .bar .allowed { fill: var(--allow); } .bar .refused { fill: var(--deny); }
            .bar .hatch { stroke: var(--paper); stroke-width: 2; }
            table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
            caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
            th, td { text-align: left; vertical-align: top; padding: .38rem .9rem .38rem 0; border-bottom: 1px solid var(--line); }
            th:last-child, td:last-child { padding-right: 0; }
            thead th { font-size: .82em; font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line);
              white-space: nowrap; }
            tbody th { font-weight: 400; }
            .words { overflow-wrap: anywhere; min-width: 4.5em; }
            .fixed { white-space: nowrap; }
            .column-count { width: 4em; } .column-verdict { width: 6em; } .column-rule { width: 11%; }
            .column-frames { width: 14%; } .column-operation { width: 33%; } .column-why { width: 27%; }
            .number { text-align: right; white-space: nowrap; }
            .denied th { font-weight: 600; }
            .deny { color: var(--deny); font-weight: 700; border: 1.5px solid var(--deny); border-radius: 3px; padding: 0 .3em;
              white-space: nowrap; }
            .allow { padding: 0 .3em; border: 1.5px solid transparent; }
            footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .6rem; color: var(--soft); font-size: .87em; }
            @media screen and (max-width: 40rem) {
              body { padding: 1rem .9rem 2rem; }
              dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
              thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
              table, tbody, tr { display: block; }
              tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
              tbody th, td { display: grid; grid-template-columns: 6.5rem 1fr; padding: .08rem 0; border: 0; text-align: left; }
              .number { text-align: left; } td:empty { display: none; }
              tbody th::before, td::before { content: attr(data-label); color: var(--soft); font-weight: 400; }
              .note { grid-column: 2; } .deny, .allow { justify-self: start; } .allow { padding: 0; } }
            @media print {
              @page { margin: 16mm 14mm; }
              body { max-width: none; padding: 0; font-size: 9.5pt; }
              nav { display: none; }
              .advice { background: none; }
              thead { display: table-header-group; }
              tr, dl, .bar, .tiles, .bars li { break-inside: avoid; }
              #summary { break-before: page; }
              a { color: inherit; text-decoration: none; }
              svg rect, .tiles li { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
              h2, h3, .bar { break-after: avoid; } }
            """;

    private ReportStyle() {}
}
