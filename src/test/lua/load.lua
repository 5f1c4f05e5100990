-- Plays a scenario (see Scenario.java) with wrk: wrk -s load.lua URL -- FILE
-- The last line of its output is for Load.java: requests, microseconds, p99 in microseconds, errors.

local blocks = {}
local values = {}
local plain, valued

local function read(file)
  local text = io.open(file):read("*a") .. "\n----\n"
  for block in text:gmatch("(.-)\n%-%-%-%-\n") do
    blocks[#blocks + 1] = block
  end
end

-- A request as wrk wants it, made once; {value} is filled in later.
local function prepared(block)
  if block == "" then
    return nil
  end
  local head, body = block:match("^(.-)\n\n(.*)$")
  local method, path = head:match("^(%S+) (%S+)")
  local headers = {}
  for name, value in head:gmatch("\n([^:\n]+): ([^\n]*)") do
    headers[name] = value
  end
  return function(value)
    local filled = value and body:gsub("{value}", value) or body
    return wrk.format(method, path, headers, filled ~= "" and filled or nil)
  end
end

function init(arguments)
  read(arguments[1])
  plain, valued = prepared(blocks[1]), prepared(blocks[2])
  for value in (blocks[5] or ""):gmatch("[^\n]+") do
    values[#values + 1] = value
  end
  if valued == nil then
    local same = plain()
    request = function() return same end
  else
    response = find
  end
end

function request()
  if #values > 0 then
    return valued(table.remove(values, 1))
  end
  return plain and plain() or valued("none-left")
end

-- Keeps what stands between the two marks, for the next request that needs a value.
function find(status, headers, body)
  if status >= 400 and not told then
    told = true
    io.write(status, " ", body, "\n")
  end
  local text = (headers["Location"] or "") .. "\n" .. body
  local _, left = text:find(blocks[3], 1, true)
  if left then
    local right = text:find(blocks[4], left + 1, true)
    values[#values + 1] = text:sub(left + 1, right - 1)
  end
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("LOAD %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
