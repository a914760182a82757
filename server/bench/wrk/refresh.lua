-- Refresh tokens that rotate: each answer brings the next one.
-- After `--`: the body to which a token is added, and the first tokens, one for each connection and some more.
local tokens = {}
local body

function init(args)
  body = args[1]
  for i = 2, #args do tokens[#tokens + 1] = args[i] end
end

function request()
  local token = table.remove(tokens, 1)
  local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
  return wrk.format("POST", nil, headers, body .. "&refresh_token=" .. (token or "none-is-left"))
end

function response(status, headers, body)
  local token = body:match('"refresh_token":"([^"]+)"')
  if token then tokens[#tokens + 1] = token end
end
