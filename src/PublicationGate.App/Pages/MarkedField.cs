using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace PublicationGate.App.Pages;

/// <summary>
/// <c>&lt;input field="name"&gt;</c> (also <c>select</c> and <c>textarea</c>): gets its id and name and, when the form came back with a mistake in it,
/// is marked and followed by the sentence.
/// </summary>
[HtmlTargetElement("input", Attributes = "field", TagStructure = TagStructure.WithoutEndTag)]
[HtmlTargetElement("select", Attributes = "field")]
[HtmlTargetElement("textarea", Attributes = "field")]
public sealed class MarkedField : TagHelper
{
    /// <summary>Name of the field.</summary>
    [HtmlAttributeName("field")]
    public string Field { get; set; } = "";

    /// <summary>The view that it stands in.</summary>
    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("id", Field);
        output.Attributes.SetAttribute("name", Field);
        if (ViewContext.ViewData.ModelState.TryGetValue(Field, out var state) && state.Errors.Count > 0)
        {
            var mistake = new TagBuilder("small") { Attributes = { ["id"] = Field + "-mistake", ["class"] = "mistake" } };
            mistake.InnerHtml.Append(state.Errors[0].ErrorMessage);
            output.Attributes.SetAttribute("aria-invalid", "true");
            output.Attributes.SetAttribute("aria-describedby", Field + "-mistake" + (context.AllAttributes["aria-describedby"] is { } described ? " " + described.Value : ""));
            output.PostElement.AppendHtml(mistake);
        }
    }
}
