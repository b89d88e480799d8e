-- Asks for each path of the file named by BENCH_PATHS in its turn; prints one line of figures.
local requests = {}
local at = 0

function init()
    for path in io.lines(os.getenv("BENCH_PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    print(string.format("FIGURES %d %d %d %d %d", summary.requests, summary.duration,
        summary.bytes, latency:percentile(99), failed))
end
