-- The same form, again and again. After `--`: the body, and an Authorization header if there is one.
function init(args)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  wrk.body = args[1]
  if args[2] then wrk.headers["Authorization"] = args[2] end
end
