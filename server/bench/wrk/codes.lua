-- Somebody who is signed in asks for a code, which is redeemed: two requests for each sign-in.
-- After `--`: the session's cookie, path and query of the authorization request, the token endpoint's path, and the
-- body to which the code is added.
local codes = {}
local cookie, authorize, token, body

function init(args)
  cookie, authorize, token, body = args[1], args[2], args[3], args[4]
end

function request()
  local code = table.remove(codes)
  if code then
    local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
    return wrk.format("POST", token, headers, body .. "&code=" .. code)
  end
  return wrk.format("GET", authorize, { ["Cookie"] = cookie })
end

function response(status, headers, body)
  local location = headers["location"] or headers["Location"]
  local code = location and location:match("[?&]code=([^&]+)")
  if code then codes[#codes + 1] = code end
end
