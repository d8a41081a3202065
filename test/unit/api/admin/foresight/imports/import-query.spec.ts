import { ImportQuery } from "../../../../../../src/api/admin/foresight/imports/import-query"

describe("ImportQuery", () => {
  it("takes a file's name and fills in the rest", () => expect(ImportQuery.parse({ file_name: " orders 1.csv " })).toMatchObject({ file_name: "orders 1.csv", dry_run: false, source: "import", map: [] }))

  it.each(["../x.csv", "C:\\x.csv", "a\0.csv"])("names the field when it refuses %j", (name) =>
    expect(ImportQuery.safeParse({ file_name: name }).error?.issues).toMatchObject([{ path: ["file_name"], message: "file_name: expected a file's name without a folder" }])
  )
})
