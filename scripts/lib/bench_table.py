"""What scripts/bench tells: its rows as a table, and as JSON for content/measurements/."""

PEER = "orthanc"


def rows_of(results, rows, studies, base=None):
    """The rows as JSON. `base`: the rows at the first size, which tell how much slower these are."""
    slower = {row["work"]: row["ours"] for row in base or []}
    found = []
    for row in rows:
        samples = results[row.work]
        ours, peer = samples["ours"], samples.get(PEER)
        told = {"work": row.work, "unit": row.unit, "studies": studies, **of_server("ours", ours)}
        if isinstance(peer, str):
            told[f"{PEER}Wrong"] = peer
        elif peer:
            told |= of_server(PEER, peer) | {"ratio": round(ours.rate / peer.rate, 2)}
        if "ceiling" in samples:
            told["ceiling"] = rounded(samples["ceiling"].rate)
        if row.work in slower:
            told["growth"] = round(slower[row.work] / ours.rate, 2)
        found.append(told)
    return found


def of_server(name, sample):
    return {
        name: rounded(sample.rate),
        f"{name}Spread": round(sample.spread, 2),
        f"{name}CPUMilliseconds": round(sample.cpu_milliseconds, 2),
    }


def rounded(rate):
    return round(rate, 1) if rate >= 10 else round(rate, 3)


def show(rows):
    """Prints the rows. “slower”: how many times as long it takes as with the fewest studies."""
    print(
        f"{'work':37} {'unit':11} {'studies':>7} {'ours':>8} {'±':>4} {'Orthanc':>8} {'±':>4} {'ratio':>8}"
        f" {'ms CPU':>8} {'Orthanc':>8} {'ceiling':>8} {'slower':>7}"
    )
    for row in rows:
        peer = f"{'wrong':>8} {'':4}" if f"{PEER}Wrong" in row else f"{number(row, PEER)} {spread(row, PEER)}"
        cpu = f"{number(row, 'oursCPUMilliseconds', 2)} {number(row, f'{PEER}CPUMilliseconds', 2)}"
        line = (
            f"{row['work']:37} {row['unit']:11} {row['studies']:7,} {number(row, 'ours')} {spread(row, 'ours')} {peer}"
            f" {number(row, 'ratio', 2, '×')} {cpu} {number(row, 'ceiling')} {number(row, 'growth', 2, '×')}"
        )
        print(line.rstrip())


def number(row, key, digits=1, after=""):
    return f"{row[key]:{8 - len(after)},.{digits}f}{after}" if key in row else " " * 8


def spread(row, name):
    key = f"{name}Spread"
    return f"{row[key]:4.0%}" if key in row else " " * 4
