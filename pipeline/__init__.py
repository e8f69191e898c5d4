"""How articles travel: sources, the graph, sinks, commands."""
