import HTTPModel
import Testing

@testable import DICOMweb

@Suite struct AddressTests {
    @Test func framesKeepTheirOrder() throws { #expect(try FrameList("3,1,2").numbers == [3, 1, 2]) }

    @Test(arguments: [
        ("", 400), ("1,", 400), ("a", 400), ("1-3", 400), ("-1", 400), ("+1", 400), ("0", 404), ("1,0", 404),
        ("99999999999999999999", 400), (String(repeating: "1,", count: 10_000) + "1", 400),
    ])
    func aFrameListIsNumbersFromOne(text: String, status: Int) {
        let refusal = #expect(throws: HTTPError.self) { try FrameList(text) }
        #expect(refusal?.status.code == status)
    }

    @Test func anAddressNamesItsResource() throws {
        let request = Request(
            method: .get, path: "/", parameters: ["study": "1.2", "series": "1.3", "instance": "1.4", "frames": "1"])
        #expect(try request.resource.path == "/dicomweb/studies/1.2/series/1.3/instances/1.4")
    }

    @Test(arguments: ["", "1..2", "a", "1.2/3", "../..", String(repeating: "1", count: 65), "1.2 "])
    func aMalformedUIDIs400(text: String) {
        let request = Request(method: .get, path: "/", parameters: ["study": text])
        let refusal = #expect(throws: HTTPError.self) { try request.resource }
        #expect(refusal?.status == 400)
    }

    @Test(arguments: [
        "window=1,2", "window=1,0,linear", "window=nan,1,linear", "window=1,inf,linear", "window=1,1,cubic",
        "viewport=0,0", "viewport=1000000,1000000", "viewport=65535,65535", "viewport=10", "viewport=10,10,1",
        "viewport=10,10,0,0,0,0", "viewport=-1,10", "quality=0", "quality=101", "quality=1e20", "quality=",
        "viewport=10,10,-1,0,1,1",
    ])
    func aRenderingParameterOutOfBoundsIs400(query: String) {
        let refusal = #expect(throws: HTTPError.self) {
            try RenderingQuery(Request(method: .get, path: "/", query: query))
        }
        #expect(refusal?.status == 400)
    }

    @Test func renderingParametersAreUnderstood() throws {
        let query = "window=40,400,linear-exact&viewport=512,256,10,20,100,50&quality=75"
        let rendering = try RenderingQuery(Request(method: .get, path: "/", query: query))
        #expect(rendering.window == .init(center: 40, width: 400, shape: .linearExact))
        #expect(rendering.viewport == .init(columns: 512, rows: 256))
        #expect(rendering.region == .pixels(x: 10, y: 20, width: 100, height: 50))
        #expect(rendering.quality == 75)
    }

    @Test func anOmittedNumberOfTheViewportIsTheWholeImages() throws {
        let rendering = try RenderingQuery(Request(method: .get, path: "/", query: "viewport=8,8,,4,-2,"))
        #expect(rendering.region == .pixels(x: 0, y: 4, width: -2, height: nil))
    }

    static let object = "requestType=WADO&studyUID=1.2&seriesUID=1.3&objectUID=1.4"

    @Test func aWADOURIIsUnderstood() throws {
        let wishes = "&frameNumber=2&windowCenter=40&windowWidth=400&rows=8&region=0,0.5,0.5,1&annotation=technique"
        let query = try ObjectURIQuery(Request(method: .get, path: "/wado", query: Self.object + wishes))
        #expect(query.resource.path == "/dicomweb/studies/1.2/series/1.3/instances/1.4")
        #expect(query.frame == 2)
        #expect(query.rendering.window == .init(center: 40, width: 400, shape: .linear))
        #expect(query.rendering.viewport == .init(columns: RenderingQuery.largestSide, rows: 8))
        #expect(query.rendering.region == .fractions(x0: 0, y0: 0.5, x1: 0.5, y1: 1))
        #expect(query.rendering.annotations == [.technique])
    }

    @Test(arguments: [
        "windowCenter=1", "rows=0", "region=0,0,1", "region=0.5,0,0.5,1", "region=0,0,2,1", "frameNumber=0",
        "colour=red",
        "studyUID=1.2", "anonymize=yes", "imageQuality=0", "annotation=name", "objectUID=x",
    ])
    func aWADOURIThatCannotBeUnderstoodIs400(wish: String) {
        let refusal = #expect(throws: HTTPError.self) {
            try ObjectURIQuery(Request(method: .get, path: "/wado", query: "\(Self.object)&\(wish)"))
        }
        #expect(refusal?.status == 400)
    }
}
