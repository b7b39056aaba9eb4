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
        #expect(
            rendering.viewport == .init(columns: 512, rows: 256, region: .init(x: 10, y: 20, width: 100, height: 50)))
        #expect(rendering.quality == 75)
    }
}
