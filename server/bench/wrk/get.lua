-- The same address, again and again. After `--`: an Authorization header if there is one.
function init(args)
  if args[1] then wrk.headers["Authorization"] = args[1] end
end
