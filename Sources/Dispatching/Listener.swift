import HTTPModel
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

/// A running dispatcher: the listening sockets and their event loop.
struct Listener {
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel
    /// The Unix socket, where there is one.
    private let local: (any Channel)?
    private let dispatcher: NIOLoopBound<Dispatcher>

    /// The port that is listened on.
    var port: Int { channel.localAddress?.port ?? 0 }

    init(_ configuration: Configuration, entries: [FunctionEntry], launcher: Launcher, log: Logger) throws {
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.any()
        let made = UncheckedBox((configuration, entries, launcher, log))
        let dispatcher = try loop.submit {
            let (configuration, entries, launcher, log) = made.value
            let dispatcher = Dispatcher(configuration, entries, launcher, loop: loop, log: log)
            dispatcher.start()
            return NIOLoopBound(dispatcher, eventLoop: loop)
        }.wait()
        self.dispatcher = dispatcher
        let limits = configuration.limits
        local = try configuration.socketPath.map {
            try Self.bootstrap(loop, limits, dispatcher)
                .bind(unixDomainSocketPath: $0, cleanupExistingSocketFile: true).wait()
        }
        channel =
            try Self.bootstrap(loop, limits, dispatcher)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: configuration.address, port: configuration.port).wait()
    }

    /// Stops accepting, lets requests in progress finish for a while, and ends all processes.
    func stop() throws {
        for listening in [channel, local].compactMap(\.self) { try? listening.close().wait() }
        let stopped = group.any().makePromise(of: Void.self)
        group.any().execute { [dispatcher] in dispatcher.value.stop(stopped) }
        try stopped.futureResult.wait()
        try group.syncShutdownGracefully()
    }

    private static func bootstrap(
        _ loop: any EventLoop, _ limits: Limits, _ dispatcher: NIOLoopBound<Dispatcher>
    ) -> ServerBootstrap {
        ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 1024)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            // The head of a request is read at once, or nothing that came ahead could be given.
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 8192, initial: 8192, maximum: 65536)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try prepare(channel, dispatcher.value, limits) }
            }
    }

    private static func prepare(_ channel: any Channel, _ dispatcher: Dispatcher, _ limits: Limits) throws {
        var parsing = NIOHTTPDecoderLimitConfiguration()
        parsing.maxHeaderFieldSize = limits.headerField
        parsing.maxHeaderListSize = limits.headers
        parsing.maxHeaderFieldCount = limits.headerFields
        var framing = HTTPResponseEncoder.Configuration()
        framing.automaticallySetFramingHeaders = false
        let connection = ClientConnection(dispatcher)
        guard dispatcher.welcome(connection) else { throw ChannelError.operationUnsupported }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(AheadResponder(dispatcher, connection))
        try pipeline.addHandler(HTTPResponseEncoder(configuration: framing))
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPRequestDecoder(
                    leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop, limitConfiguration: parsing
                )))
        try pipeline.addHandler(HTTPServerPipelineHandler())
        try pipeline.addHandler(connection)
    }
}

/// Carries values that are made on one thread and then used on the event loop alone.
private struct UncheckedBox<Value>: @unchecked Sendable {
    let value: Value
    init(_ value: Value) { self.value = value }
}
