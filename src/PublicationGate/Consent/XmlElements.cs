using System.Text;
using System.Xml;

namespace PublicationGate.Consent;

/// <summary>Reading elements one by one, without keeping what is not asked for.</summary>
internal static class XmlElements
{
    /// <summary>
    /// Hands out the name of each child of the element that the reader stands on, with the reader on the child; who is handed it must read
    /// or skip it. Ends behind the element.
    /// </summary>
    public static void ForEachChild(this XmlReader xml, Action<string> read)
    {
        if (xml.IsEmptyElement)
        {
            xml.Read();
            return;
        }

        var depth = xml.Depth;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                read(xml.LocalName);
            }
            else
            {
                xml.Read();
            }
        }

        xml.Read();
    }

    /// <summary>The element's own text, with single spaces, without that of elements in it. Ends behind the element.</summary>
    public static string ReadText(this XmlReader xml)
    {
        var text = new StringBuilder();
        using (var inner = xml.ReadSubtree())
        {
            while (inner.Read())
            {
                if (inner.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && inner.Depth == 1)
                {
                    text.Append(inner.Value);
                }
            }
        }

        xml.Read();
        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Skips the element and gives nothing.</summary>
    public static string PassOver(this XmlReader xml)
    {
        xml.Skip();
        return "";
    }

    /// <summary>An attribute's value; empty when there is none.</summary>
    public static string Attribute(this XmlReader xml, string name) => xml.GetAttribute(name)?.Trim() ?? "";

    /// <summary>Where the reader stands, both from 1; zeros when it does not know.</summary>
    public static (int Line, int Column) Place(this XmlReader xml) => xml is IXmlLineInfo info ? (info.LineNumber, info.LinePosition) : (0, 0);
}
