import Glibc

/// SIGTERM and SIGINT, taken by one waiting thread instead of a handler.
///
/// Made before any other thread starts, so that all threads inherit the mask.
package struct TerminationSignals: Sendable {
    private let signals: sigset_t

    package init() {
        signal(SIGPIPE, SIG_IGN)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGTERM)
        sigaddset(&set, SIGINT)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signals = set
    }

    /// Runs `body` on a thread of its own when one of the signals comes.
    package func whenReceived(_ body: @escaping @Sendable () -> Void) {
        let signals = signals
        _ = startThread {
            var set = signals
            var received: Int32 = 0
            sigwait(&set, &received)
            body()
        }
    }
}
