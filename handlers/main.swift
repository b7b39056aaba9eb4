import FunctionRuntime
import Glibc

exit(HandlerCommand.run(functions: functions, jobs: jobs) { ConformanceStatement().json() })
